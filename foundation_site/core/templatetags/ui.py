"""What templates of every app need to show text of several languages and the parts of the site's face."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, HiddenInput, RadioSelect
from django.forms.boundfield import BoundWidget
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, slugify
from django.utils.translation import get_language

from foundation_site.core.languages import language
from foundation_site.core.text_search import MAX_QUERY

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite, silent for screen readers: the words beside it say it."""
    drawing = '<svg class="icon icon--{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return format_html(drawing, name, static("icons.svg"), name)


# Languages inside a page of another language

# The script of a letter is the first word of its Unicode name. A code is the language that this script
# most probably means here; where several share it, only the script is said.
SCRIPTS = {
    "LATIN": "it", "ARABIC": "ar", "CYRILLIC": "und-Cyrl", "GREEK": "el", "HEBREW": "he", "DEVANAGARI": "hi",
    "BENGALI": "bn", "GURMUKHI": "pa", "TAMIL": "ta", "SINHALA": "si", "ETHIOPIC": "und-Ethi", "GEORGIAN": "ka",
    "ARMENIAN": "hy", "TIFINAGH": "zgh", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th",
}  # fmt: skip
SCRIPT_OF_LANGUAGE = {code: script for script, code in SCRIPTS.items()}
INSIDE_TAGS = re.compile(r"(<[^>]*>)")
# A phone number keeps its order in a line that runs from the right.
PHONE = re.compile(r"(\+\d[\d \u00a0/().-]{5,}\d)")
# In French a space that must not break stands before these signs.
FRENCH_SPACE = re.compile(r"(?<=\S) (?=[?!:;»%€])|(?<=«) ")


def script_of(character: str) -> str:
    """The script of a letter; empty for digits, marks, spaces and punctuation, which belong to any."""
    if not character.isalpha():
        return ""
    word = unicodedata.name(character, "").split(" ", 1)[0]
    return word if word in SCRIPTS else ""


def runs(text: str, own: str) -> list[tuple[str, str]]:
    """(script, text) of the text cut where the script changes. What has no script stays outside a foreign run, but
    for digits and signs that touch it (A1, Erasmus+, .ics)."""
    pieces: list[tuple[str, str]] = []
    done = 0
    for script, start, end in foreign_runs(text, own):
        while start > done and text[start - 1].isdigit():
            start -= 1
        if start > done and text[start - 1] == "." and text[start - 2 : start - 1] in {"", " ", "("}:
            start -= 1
        while end < len(text) and (text[end].isdigit() or text[end] == "+"):
            end += 1
        pieces += [(own, text[done:start]), (script, text[start:end])]
        done = end
    return [*pieces, (own, text[done:])]


def foreign_runs(text: str, own: str) -> Iterator[tuple[str, int, int]]:
    """Script, start and end of each run of letters of another script, words apart from each other included."""
    open_script, start, end = "", 0, 0
    for position, character in enumerate(text):
        script = script_of(character)
        if not script:
            continue
        if open_script and script != open_script:
            yield open_script, start, end
            open_script = ""
        if script != own:
            if not open_script:
                open_script, start = script, position
            end = position + 1
    if open_script:
        yield open_script, start, end


def isolated(text: str, code: str) -> str:
    """Escaped text with phone numbers and the runs of other scripts marked; marked as a whole where all its letters
    are of one script."""
    own = SCRIPT_OF_LANGUAGE.get(code, "LATIN")
    if code == "fr":
        text = FRENCH_SPACE.sub("\u00a0", text)
    if own == "ARABIC" and PHONE.search(text):
        return "".join(
            f'<bdi dir="ltr">{part}</bdi>' if PHONE.fullmatch(part) else isolated(part, code)
            for part in PHONE.split(text)
        )
    used = {script for character in text if (script := script_of(character))}
    if len(used) == 1 and own not in used:
        inner = text.strip()
        before, _inner, after = text.partition(inner)
        return f'{before}<bdi lang="{SCRIPTS[used.pop()]}">{escape(inner)}</bdi>{after}'
    return "".join(
        f'<bdi lang="{SCRIPTS[script]}">{escape(part)}</bdi>' if script != own else escape(part)
        for script, part in runs(text, own)
        if part
    )


@register.filter
def isolate(value: Any, code: str = "") -> SafeString:
    """Text with every run of another script in a `<bdi>`, so that an Italian name in an Arabic sentence keeps its
    direction and its pronunciation. `code` is the language of the text, else the reader's. In HTML only what stands
    between tags is looked at."""
    code = code or get_language() or "it"
    if isinstance(value, Promise):  # it has __html__ whatever it stands for
        value = str(value)
    if not hasattr(value, "__html__"):
        return mark_safe(isolated(str(value), code))
    parts = INSIDE_TAGS.split(value.__html__())
    return mark_safe("".join(part if part.startswith("<") else isolated(unescape(part), code) for part in parts))


@register.simple_tag
def language_of(code: str) -> SafeString | str:
    """` lang="ar" dir="rtl"` for text whose language is not the reader's; nothing where it is."""
    if not code or code == get_language():
        return ""
    return format_html(' lang="{}" dir="{}"', code, language(code).dir)


@register.filter
def language_name(code: str) -> SafeString:
    """A language named in itself, marked as such."""
    known = language(code)
    return format_html('<bdi lang="{}">{}</bdi>', known.code, known.name)


# Small things


@register.filter
def shortened(value: Any, length: int) -> str:
    """Text of at most so many letters; what is escaped already is not cut within a sign (`&amp;`)."""
    return Truncator(unescape(value) if isinstance(value, SafeString) else value).chars(length)


@register.filter
def initial(value: Any) -> str:
    """The first letter of a name, for the seal of somebody without a picture."""
    return next((character.upper() for character in str(value) if character.isalpha()), "·")


@register.filter
def partial_date(value: str) -> str:
    """A date as exact as it is known (1962, 2011-10, 2019-02-27), in words."""
    parts = [int(part) for part in str(value).split("-") if part.isdigit()]
    if len(parts) == 1:
        return str(parts[0])
    if len(parts) == 2:
        return date_format(date(parts[0], parts[1], 1), "YEAR_MONTH_FORMAT")
    return date_format(date(*parts), "DATE_FORMAT") if len(parts) == 3 else str(value)


@register.filter
def short_month(value: date) -> str:
    """Dec, but dic and déc.: in lower case where the language writes the whole name so."""
    name = date_format(value, "M")
    return name.lower() if date_format(value, "F")[0].islower() else name


@register.filter
def listed(values: Iterable[Any]) -> str:
    """Several things in a row, with the comma of the reader's language."""
    return ("، " if SCRIPT_OF_LANGUAGE.get(get_language() or "") == "ARABIC" else ", ").join(
        str(value) for value in values
    )


@register.filter
def fragment(value: Any) -> str:
    """A name for links within the page, in the letters of its own language."""
    return slugify(str(value), allow_unicode=True)


@register.filter
def host(url: str) -> str:
    """The site that an address belongs to, as readers know it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def tel(number: Any) -> str:
    """A phone number as a link wants it."""
    return re.sub(r"[^\d+]", "", str(getattr(number, "as_e164", number)))


@register.filter
def international(number: Any) -> str:
    """A phone number as people abroad read it."""
    return str(getattr(number, "as_international", number))


# Forms


@register.simple_tag
def longest_query() -> int:
    """As many letters as are looked for, so that nothing is cut off unseen."""
    return MAX_QUERY


LEFT_TO_RIGHT_TYPES = {"email", "tel", "url", "number", "password"}


@register.filter
def is_choice_list(field: BoundField) -> bool:
    """Several boxes or buttons under one question: they need a fieldset."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_single_box(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link to the field must name: of its first box where it has several."""
    return f"{field.auto_id}_0" if is_choice_list(field) else field.id_for_label


@register.filter
def problems(form: BaseForm) -> list[dict[str, str]]:
    """All that is to put right, in the order of the page. A form of several `parts` names each by its `heading`."""
    return [
        {"text": error, "label": label_in(part, field) if field else "", "anchor": anchor(field) if field else ""}
        for part in getattr(form, "parts", [form])
        for field, errors in [(None, part.non_field_errors()), *((field, field.errors) for field in part)]
        for error in errors
    ]


def label_in(part: BaseForm, field: BoundField) -> str:
    heading = getattr(part, "heading", "")
    return f"{heading}: {field.label}" if heading else str(field.label)


@register.simple_tag
def choice_widget(choice: BoundWidget) -> SafeString:
    """One box or button of several, with our class."""
    choice.data["attrs"]["class"] = "form-check-input"
    return choice.tag()


@register.simple_tag
def widget(field: BoundField) -> SafeString:
    """The field's control with our classes; what is always written from the left keeps its direction."""
    control = field.field.widget
    attrs: dict[str, Any] = {}
    if isinstance(control, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        attrs["class"] = "form-check-input"
    elif not isinstance(control, HiddenInput):
        attrs["class"] = "form-control"
    if getattr(control, "input_type", "") in LEFT_TO_RIGHT_TYPES:
        attrs["dir"] = "ltr"
    for name in ("class", "dir"):
        given = control.attrs.get(name)
        if given:
            attrs[name] = f"{attrs.get(name, '')} {given}".strip() if name == "class" else given
    return field.as_widget(attrs=attrs)
