"""The forms for pictures and documents; apart from the models, because Wagtail's forms need them loaded."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import filetype
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .errors import RuleViolation
from .pictures import DAMAGED, damaged, for_the_site

TEXTS = {"csv", "ics", "txt"}
ARCHIVES = {"docx", "odt", "ods", "pptx", "xlsx", "zip"}


class FoundationImageForm(BaseImageForm):
    """Draws anew what is uploaded; a damaged picture is refused in a sentence."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"].to_python = in_a_sentence(self.fields["file"].to_python)

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload and not isinstance(upload, FieldFile) and "file" in self.changed_data:
            return for_the_site(upload)
        return upload


def in_a_sentence(to_python: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wagtail measures the picture here already, and fails on one that was cut off."""

    def read(data: Any) -> Any:
        try:
            return to_python(data)
        except DAMAGED as error:
            raise damaged() from error

    return read


class FoundationDocumentForm(BaseDocumentForm):
    """Looks into what is uploaded: a program is no document, whatever its name says."""

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if isinstance(upload, UploadedFile) and not is_what_it_says(upload):
            raise RuleViolation(
                _(
                    "This file is not what its name says, or it is damaged. Open it, save it again and choose the new one."
                )
            )
        return upload


def is_what_it_says(upload: File) -> bool:
    extension = Path(upload.name or "").suffix.lower().lstrip(".")
    upload.seek(0)
    try:
        if extension in ARCHIVES:
            return zipfile.is_zipfile(upload)
        start = upload.read(8192)
        if extension in TEXTS:
            return b"\0" not in start and filetype.guess(start) is None
        return filetype.guess_extension(start) == extension
    finally:
        upload.seek(0)
