"""Every interface text is translated in full in every catalog, with the same placeholders."""

import re
from pathlib import Path

import polib
import pytest

LOCALE = Path(__file__).resolve().parents[1] / "foundation_site" / "locale"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@pytest.mark.parametrize("code", ["it", "fr", "es", "ar"])
def test_catalog_is_complete(code: str):
    catalog = polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po"))

    assert len(catalog) > 500
    assert [entry.msgid for entry in catalog.untranslated_entries()] == []
    assert [entry.msgid for entry in catalog.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalog if entry.msgid_plural and not all(entry.msgstr_plural.values())] == []


@pytest.mark.parametrize("code", ["it", "fr", "es", "ar"])
def test_placeholders_are_kept(code: str):
    catalog = polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po"))

    broken = []
    for entry in catalog:
        wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        # A plural form may say the number in words: then it may miss a placeholder, but it never has one of its own.
        for text in texts:
            found = set(PLACEHOLDER.findall(text))
            if found - wanted or (not entry.msgid_plural and found != wanted):
                broken.append((entry.msgid, text))
    assert broken == []


@pytest.mark.parametrize(
    ("code", "plurals"), [("it", 2), ("fr", 2), ("es", 2), ("ar", 6)], ids=["it", "fr", "es", "ar"]
)
def test_plural_forms_are_those_of_the_language(code: str, plurals: int):
    catalog = polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po"))

    assert f"nplurals={plurals};" in catalog.metadata["Plural-Forms"]
