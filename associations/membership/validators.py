"""Rules that forms and models share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from stdnum.it import iva

from associations.places.countries import names as country_names

from .languages import codes as language_codes


def compact_tax_code(value: str) -> str:
    """As people copy it from a letterhead: with spaces, with IT in front."""
    return iva.compact(value.strip())


def tax_code_of_a_body(value: str) -> None:
    """Eleven digits, the last of which checks the others. The sixteen-letter code of a person is not asked for."""
    if not iva.is_valid(value):
        raise ValidationError(
            _("This is not the tax code of a body: it has 11 digits. Copy it from the letter of the tax office."),
            code="tax_code",
        )


def year_until_now(value: int) -> None:
    if value > timezone.localdate().year:
        raise ValidationError(_("This year is still to come."), code="future")


founding_year: list[Any] = [
    MinValueValidator(1800, _("Write the year with four digits, for instance 1998.")),
    year_until_now,
]


def countries(values: list[str]) -> None:
    if not known(values, country_names("en")):
        raise ValidationError(_("Choose countries from the list."), code="countries")


def languages(values: list[str]) -> None:
    if not known(values, language_codes()):
        raise ValidationError(_("Choose languages from the list."), code="languages")


def country(value: str) -> None:
    countries([value])


def language(value: str) -> None:
    languages([value])


def known(values: object, allowed: object) -> bool:
    return isinstance(values, list) and all(value in allowed for value in values)  # type: ignore[operator]
