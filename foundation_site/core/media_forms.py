"""The form for pictures; apart from the models, because Wagtail's image forms need them loaded."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from wagtail.images.forms import BaseImageForm


class FoundationImageForm(BaseImageForm):
    """Re-encodes what is uploaded: place and camera data, and anything hidden behind the picture, stay outside."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, FieldFile) and upload and "file" in self.changed_data:
            return reencoded(upload)
        return upload


def reencoded(upload: Any) -> SimpleUploadedFile:
    """The same picture, upright, without metadata and at most 2,560 pixels long; a damaged file is refused in a sentence."""
    try:
        upload.seek(0)
        with Image.open(upload) as opened:
            kind = opened.format or "JPEG"
            picture = ImageOps.exif_transpose(opened)
            picture.load()
    except (OSError, SyntaxError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This picture is damaged or incomplete. Save it again or choose another one.")
        ) from error
    if kind not in ("JPEG", "PNG", "WEBP", "AVIF", "GIF"):
        kind = "JPEG"
    if kind == "JPEG" and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.thumbnail((2560, 2560))
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}))
    return SimpleUploadedFile(upload.name, out.getvalue(), content_type=f"image/{kind.lower()}")
