"""The languages that people speak, named in the reader's language from CLDR: more than the five of the site."""

from functools import cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from associations.places.countries import sort_key

# Three letters, spoken in the province by many: CLDR knows hundreds more that would only lengthen the list.
WITH_THREE_LETTERS = ("ary", "arz", "bal", "ber", "bin", "ceb", "ckb", "fil", "kab", "kri", "mnk", "pcm", "prs", "rif", "shi", "skr", "tzm", "wuu", "yue", "zgh")  # fmt: skip
NOT_SPOKEN_AT_HOME = ("ae", "cu", "ia", "ie", "io", "la", "pi", "vo")


@cache
def names(reader: str) -> dict[str, str]:
    try:
        known = Locale.parse(reader, sep="-").languages
    except (UnknownLocaleError, ValueError):
        known = Locale("en").languages
    return {
        code: name[:1].upper() + name[1:]
        for code, name in known.items()
        if (len(code) == 2 or code in WITH_THREE_LETTERS) and code not in NOT_SPOKEN_AT_HOME
    }


@cache
def codes() -> frozenset[str]:
    return frozenset(names("en"))


def language_name(code: str, reader: str | None = None) -> str:
    return names(reader or get_language() or "it").get(code) or names("en").get(code, code)


def choices(reader: str | None = None) -> list[tuple[str, str]]:
    named = [(code, language_name(code, reader)) for code in codes()]
    return sorted(named, key=lambda pair: sort_key(pair[1]))
