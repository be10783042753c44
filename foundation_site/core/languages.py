"""What the site knows of its languages: their own names, their direction, and in which order one stands in for another."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language_info, get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


@dataclass(frozen=True)
class Language:
    """A language of the site, named in itself."""

    code: str
    name: str
    dir: str


@cache
def language(code: str) -> Language:
    """The language with this code; one that Django does not know is taken as left-to-right."""
    names = dict(settings.LANGUAGES)
    try:
        info = get_language_info(code)
    except KeyError:
        return Language(code, names.get(code, code), "ltr")
    return Language(code, names.get(code, info["name_local"]), "rtl" if info["bidi"] else "ltr")


def languages() -> list[Language]:
    """Every language of the site, the source first."""
    return [language(code) for code, _name in settings.LANGUAGES]


def read_languages(request: HttpRequest) -> Iterator[str]:
    """Codes of the languages in which this reader would best read a text that is missing in hers.

    First what the browser says that she reads, then the source, then the others; each once.
    """
    seen = set()
    for accepted, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            code = get_supported_language_variant(accepted)
        except LookupError:
            continue
        if code not in seen:
            seen.add(code)
            yield code
    for code, _name in settings.LANGUAGES:
        if code not in seen:
            yield code


def in_language(path: str, code: str) -> str:
    """The same address in another language: slugs are shared, only the prefix changes."""
    prefix = get_script_prefix()
    head, _slash, rest = path.removeprefix(prefix).partition("/")
    if head not in dict(settings.LANGUAGES):
        return f"{prefix}{code}/"
    return f"{prefix}{code}/{rest}"
