"""Dates as exact as a source knows them, kept as text: 1962, 2011-10, 2019-02-27."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FORM = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


def validate_partial_date(value: str) -> None:
    """The form, and that there is such a month and such a day: pages write them in words."""
    try:
        if not FORM.fullmatch(value):
            raise ValueError(value)
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError as error:
        raise ValidationError(
            _("Write what is known: the year, year and month, or the day, as 1962, 2011-10 or 2019-02-27."),
            code="partial_date",
        ) from error
