"""What the desks of all registers have in common in the admin."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin.views.generic import DeleteView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: Any) -> Any:
    """A cell that a spreadsheet reads as text: names and addresses are written by strangers."""
    text = str(value) if value is not None else ""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


class RegisterIndex(IndexView):
    """A list that can be downloaded without harm: in CSV nothing is a formula (XLSX says itself what is text)."""

    def get_preprocess_function(self, field: str, value: Any, export_format: str) -> Callable[[Any], Any] | None:
        if export_format == self.FORMAT_CSV:
            return defused
        return super().get_preprocess_function(field, value, export_format)


class KeepingDelete(DeleteView):
    """Says why a row stays, instead of failing: other rows count on it, or a page speaks of it."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request, gettext("This is in use: other records or a page speak of it. It was not deleted.")
            )
            return redirect(self.index_url_name)


class RegisterViewSet(ModelViewSet):
    """The desk of one table of a register. Searched in the database; rows are not copied, and go only if nothing needs them."""

    index_view_class = RegisterIndex
    delete_view_class = KeepingDelete
    copy_view_enabled = False
    search_backend_name = None
