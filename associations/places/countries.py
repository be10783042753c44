"""Names of countries and territories in the reader's language, from CLDR; an editor's own name stands above it."""

import unicodedata
from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


@cache
def names(language: str) -> dict[str, str]:
    """Code to name of every country and territory."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return {code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}


def country_name(code: str, language: str | None = None) -> str:
    return names(language or get_language() or "it").get(code, code)


def sorted_by_name(language: str | None = None) -> dict[str, str]:
    """Code to name of every country, in the alphabetical order of the language as far as its letters without accents give it."""
    return dict(sorted(names(language or get_language() or "it").items(), key=lambda pair: sort_key(pair[1])))


def sort_key(name: str) -> str:
    """Letters without their accents and without case, so that É stands beside E."""
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(letter)
    )
