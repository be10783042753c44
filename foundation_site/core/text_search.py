"""Finding pages by words, the same on every database.

Wagtail's own index serves the admin. For readers it will not do: SQLite's does not stem and answers some input with
an error, PostgreSQL's has one language for the whole site and does not know that é is found by e, and both rank
differently. So the words of whatever can be found are kept here (text_index writes them), folded and stemmed in Python
by their language, with a weight; a search is one indexed query, and its ranking one sum.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import snowballstemmer
from django.db import models
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.lookups import StartsWith
from django.urls import get_script_prefix
from wagtail.models import Page

from .privacy import restricted

MAX_QUERY = 120
MAX_WORDS = 8

STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "pt": "portuguese",
    "ro": "romanian",
}
ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None, "ک": "ك", "ی": "ي"}
)
# Where the stroke or the joining is part of the letter, there is no accent to take off.
LATIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
LETTERS = ARABIC | LATIN
WORD = re.compile(r"\w+")


class SearchEntry(models.Model):
    """What a list of results says of a page, or of a record that needs none, so that results need no query per kind.

    `page` is where it is read: the page itself, or the list that shows the record at `path` below it. Without a page
    `path` is the whole address, as it follows the language. A page that stands for a record names it too: the record
    is found once.
    """

    page = models.ForeignKey("wagtailcore.Page", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=200, blank=True)
    record = models.CharField(max_length=80, blank=True)  # its model, such as places.city
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=255)
    summary = models.CharField(max_length=320, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["language", "kind"], name="search_entry_kind"),
            models.Index(fields=["record", "record_id"], name="search_entry_record"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["page", "language", "path"], name="one_entry_per_address"),
            models.CheckConstraint(condition=Q(page__isnull=False) | ~Q(path=""), name="entry_leads_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.kind} {self.title}"

    @property
    def url(self) -> str:
        """In the language of the entry also where its page is of another: slugs are shared, and there a notice helps on."""
        above = self.page.url_path.split("/", 2)[2] if self.page else ""
        return f"{get_script_prefix()}{self.language}/{above}{self.path}"


class Begins(StartsWith):
    """`startswith` that finds its way through an index: on SQLite LIKE never does. For words only, which hold no * ? [."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*params, f"{self.rhs}*"]


# Its own name stays `startswith`: by it a database finds its operator.
models.CharField.register_lookup(Begins, "begins")


class SearchWord(models.Model):
    """A word, folded and stemmed, with how much it says about the page or record that it leads to."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=10)
    word = models.CharField(max_length=40)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["language", "word", "entry", "weight"],
                name="search_word",
                opclasses=["", "varchar_pattern_ops", "", ""],  # PostgreSQL: also for the beginning of a word
            )
        ]

    def __str__(self) -> str:
        return self.word


def clean_query(text: str) -> str:
    """What a person typed, without control characters and of bearable length."""
    readable = "".join(letter if unicodedata.category(letter)[0] != "C" else " " for letter in text)
    return " ".join(readable.split())[:MAX_QUERY].strip()


def fold(text: str) -> str:
    """The same letters however they are typed: no case, no accents, no strokes, no vowel signs; one form of each Arabic letter."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(LETTERS)


@cache
def stemmer(language: str) -> Any:
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


def words(text: str, language: str) -> Iterator[str]:
    """The words of a text as they are kept: folded, then stemmed, so that a missing accent changes nothing."""
    stem = stemmer(language)
    for word in WORD.findall(fold(text)):
        if len(word) > 1 or not word.isascii():
            yield (stem.stemWord(word) if stem else word)[:40]


def asked_words(query: str, language: str) -> list[str]:
    """The words to look for: little words (di, la, of…) only where there are no others."""
    found = list(dict.fromkeys(words(query, language)))
    telling = [word for word in found if len(word) > 2 or not word.isascii()]
    return (telling or found)[:MAX_WORDS]


def scored(query: str, language: str, *, every: bool = True) -> QuerySet:
    """Entries of a language that hold the words asked for, as rows (entry, score); the last word may be unfinished.

    `every`: all the words, else any of them.
    """
    asked = asked_words(query, language)
    if not asked:
        return SearchWord.objects.none().values("entry").annotate(score=Sum("weight"), found=Count("word"))
    typed_last = fold(query).split()[-1][:40] if fold(query).split() else ""
    conditions = [Q(word=word) for word in asked]
    if len(typed_last) > 2:
        conditions[-1] |= Q(word__begins=asked[-1] if len(asked[-1]) > 2 else typed_last)
    any_of = Q()
    for condition in conditions:
        any_of |= condition
    which = Case(
        *(When(condition, then=Value(number)) for number, condition in enumerate(conditions)),
        output_field=IntegerField(),
    )
    rows = (
        SearchWord.objects.filter(any_of, language=language)
        .exclude(entry__in=SearchEntry.objects.filter(restricted("page__path")))
        .annotate(which=which)
        .values("entry")
        .annotate(score=Sum("weight"), found=Count("which", distinct=True))
    )
    return rows.filter(found=len(conditions)) if every else rows


def matching(rows: QuerySet, query: str, language: str) -> QuerySet:
    """The pages, or the records of a register, of a queryset that hold every word asked for."""
    found = SearchEntry.objects.filter(pk__in=scored(query, language).values("entry"))
    if issubclass(rows.model, Page):
        return rows.filter(pk__in=found.filter(path="").values("page"))
    return rows.filter(pk__in=found.filter(record=rows.model._meta.label_lower).values("record_id"))


def ranked(query: str, language: str, *, every: bool = True) -> QuerySet:
    """Rows (entry, score) in order of how well they fit, best first; ties by entry, so that pages of results never overlap."""
    return scored(query, language, every=every).order_by("-found", "-score", "entry")
