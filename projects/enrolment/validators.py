"""Rules shared by forms and models: what a name may hold, how two writings of one person are recognised."""

import re
import unicodedata
import zoneinfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .enums import PLACEHOLDERS

# Marks that turn the direction of what follows, so that a name reads otherwise than it is written.
DIRECTION_OVERRIDES = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
ADDRESS = re.compile(r"://|www\.|@|\bhttps?\b", re.IGNORECASE)
PLACEHOLDER = re.compile(r"\{(\w+)\}")
RESERVED_SLUGS = {"certificate", "confirm", "figures", "find", "request", "told"}


def validate_name(value: str) -> None:
    """One name or several, in any script and any case; but no hidden marks, and nothing that a letter would make a link of."""
    if any(char in DIRECTION_OVERRIDES or unicodedata.category(char) in INVISIBLE for char in value):
        raise ValidationError(
            _("This name holds hidden characters. Delete it and type it again by hand."), code="hidden"
        )
    if ADDRESS.search(value):
        raise ValidationError(_("Write a name here, not an address."), code="address")
    if not any(char.isalpha() for char in value):
        raise ValidationError(_("Write the name with letters, in any alphabet."), code="letters")


def validate_edition_slug(value: str) -> None:
    if value in RESERVED_SLUGS:
        raise ValidationError(_("This short name is used by the site itself. Choose another."), code="reserved")


def validate_time_zone(value: str) -> None:
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("Write a time zone as Europe/Rome or Africa/Casablanca."), code="time_zone")


def validate_language_codes(value: str) -> None:
    if not re.fullmatch(r"[a-z]{2,3}(\s*,\s*[a-z]{2,3})*", value):
        raise ValidationError(_("Write codes of languages with commas between them, as it, ar, fr."), code="languages")


def validate_placeholders(value: str) -> None:
    """Only `{names}` that letters know, and no brace that belongs to none."""
    allowed = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    unknown = [name for name in PLACEHOLDER.findall(value) if name not in PLACEHOLDERS]
    if unknown:
        raise ValidationError(
            _("%(name)s is not known here. You can write: %(allowed)s."),
            params={"name": f"{{{unknown[0]}}}", "allowed": allowed},
            code="unknown",
        )
    if set(PLACEHOLDER.sub("", value)) & set("{}"):
        raise ValidationError(
            _("A brace is missing or stands alone. You can write: %(allowed)s."),
            params={"allowed": allowed},
            code="brace",
        )


def folded(text: str) -> str:
    """One key for all writings of a text; made here because databases differ on the case of É."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def person_key(name: str, *, email: str, phone: str) -> str:
    """Who this is, as far as a name and a contact tell. Two children of one mother differ by their names."""
    return f"{folded(name)}|{folded(email) or phone}"[:400]


def site_languages() -> list[tuple[str, str]]:
    """The languages that letters are written in; a function, so that a new language of the site is no migration."""
    return list(settings.LANGUAGES)
