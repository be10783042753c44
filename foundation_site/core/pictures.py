"""Pictures that people send are drawn anew: where they were taken, with which camera, and whatever else hides in the file, stays outside."""

import io
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .errors import RuleViolation

LONGEST_SIDE = 2560
KEPT_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
JPEG_QUALITY = 88
DAMAGED = (OSError, SyntaxError, ValueError)  # what Pillow raises, depending on where the damage is


def damaged() -> RuleViolation:
    return RuleViolation(_("This picture is damaged or incomplete. Save it again or choose another one."))


def redrawn(file: IO[bytes], *, longest: int | None = None) -> tuple[bytes, str]:
    """The same picture, upright and without anything beside it, and its format.

    Raises RuleViolation with a sentence for the sender when it is damaged or has too many pixels.
    """
    picture, kind = opened(file)
    if "transparency" in picture.info:  # of one colour of a palette; it would go with the rest of the notes
        picture = picture.convert("RGBA")
    if kind == "JPEG" and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    if longest:
        picture.thumbnail((longest, longest))
    picture.info = {}
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": JPEG_QUALITY, "optimize": True} if kind == "JPEG" else {}))
    return out.getvalue(), kind


def opened(file: IO[bytes]) -> tuple[Image.Image, str]:
    try:
        with Image.open(file) as found:
            if found.width * found.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise Image.DecompressionBombError
            picture = ImageOps.exif_transpose(found)
            picture.load()
            return picture, found.format if found.format in KEPT_FORMATS else "JPEG"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RuleViolation(
            _("This picture has too many pixels. Take the photo again with less resolution.")
        ) from error
    except DAMAGED as error:
        raise damaged() from error


def for_the_site(upload: Any) -> SimpleUploadedFile:
    """An upload drawn anew, at most as large as any page shows it."""
    upload.seek(0)
    content, kind = redrawn(upload, longest=LONGEST_SIDE)
    return SimpleUploadedFile(upload.name, content, content_type=Image.MIME[kind])
