"""The words that editors write for letters, with the whole letter to look at."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.views.generic import CreateView, EditView, InspectView

from foundation_site.core.languages import language

from ..emails import sample


class LetterTextInspect(InspectView):
    """The whole letter with these words, for an invented person."""

    template_name = "enrolment/desk/letter.html"

    def get_page_title(self) -> str:
        return gettext("Preview")

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = sample(self.object, now=timezone.now())
        return super().get_context_data(**kwargs) | {"letter": letter, "language": language(letter.language)}


class LetterTextAdd(CreateView):
    def get_success_url(self) -> str:
        return reverse("enrolment_letter:inspect", args=[self.object.pk])


class LetterTextEdit(EditView):
    def get_success_url(self) -> str:
        return reverse("enrolment_letter:inspect", args=[self.object.pk])
