"""What an application says, and the papers that come with it."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"

WHO = {
    "name": "Vele del Sud",
    "legal_form": "aps",
    "tax_code": "91000000355",
    "founded": 2012,
    "seat_city": "Reggio Emilia",
    "contact_name": "Awa Ndiaye",
    "contact_email": "awa@example.org",
    "representative_name": "Ousmane Fall",
    "representative_role": "presidente",
}
WHAT = {
    "communities": ["SN", "CI"],
    "languages": ["it", "wo", "fr"],
    "fields_of_work": ["culture", "women"],
    "activities": "Un doposcuola e una festa.",
    "presentation": "Donne e uomini del Senegal e della Costa d’Avorio.",
    "members": 40,
    "officers": "Ousmane Fall, presidente",
}


def paper(name: str = "statuto.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind: str = "JPEG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind, **save)
    return out.getvalue()
