"""A certificate as a tagged PDF (PDF/UA-1) in the person's language: read aloud in order, and with its letters on board."""

import json
from pathlib import Path
from typing import cast

import typst
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Site

from foundation_site.core.languages import language
from foundation_site.core.site_settings import SiteSettings

from .emails import check_url
from .models import Certificate

HERE = Path(__file__).parent
DOCUMENT = HERE / "templates" / "enrolment" / "certificate.typ"
FONTS = typst.Fonts(include_system_fonts=False, font_paths=[HERE / "fonts"])


def certificate_pdf(certificate: Certificate) -> bytes:
    """The file, the same to the byte whenever it is made."""
    compiler = typst.Compiler(
        DOCUMENT, font_paths=FONTS, sys_inputs={"certificate": json.dumps(words(certificate), ensure_ascii=False)}
    )
    issued = int(certificate.issued_at.timestamp())
    try:
        pdf = compiler.compile(pdf_standards="ua-1", timestamp=issued)
    except typst.TypstError:  # a name with a sign that no letter here shows: better a box than no certificate
        pdf = compiler.compile(timestamp=issued)
    return cast(bytes, pdf)


def words(certificate: Certificate) -> dict[str, str]:
    foundation = SiteSettings.for_site(Site.objects.get(is_default_site=True)).name
    with override(certificate.language):
        return {
            "language": certificate.language,
            "direction": language(certificate.language).dir,
            "foundation": foundation,
            "heading": _("Certificate of attendance"),
            "document": _("Certificate of attendance: %(name)s") % {"name": certificate.name},
            "name": certificate.name,
            "own": certificate.name_own_script,
            "took_part": _("took part in"),
            "title": certificate.title,
            "hours_label": _("Hours attended"),
            "hours": _("%(attended)s of %(held)s")
            % {"attended": certificate.hours_attended, "held": certificate.hours_held},
            "dates_label": _("Period"),
            "dates": _("from %(first)s to %(last)s")
            % {
                "first": date_format(certificate.first_day, "DATE_FORMAT"),
                "last": date_format(certificate.last_day, "DATE_FORMAT"),
            },
            "issued_label": _("Issued on"),
            "issued": date_format(certificate.issued_at.astimezone(certificate.edition.zone), "DATE_FORMAT"),
            "code_label": _("Code"),
            "code": certificate.code,
            "check_label": _("Whether it is genuine can be seen here:"),
            "check": check_url(certificate),
        }
