"""The form for pictures; apart from the models, because Wagtail's image forms need them loaded."""

from collections.abc import Callable
from typing import Any

from django.db.models.fields.files import FieldFile
from wagtail.images.forms import BaseImageForm

from .pictures import DAMAGED, damaged, for_the_site


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
