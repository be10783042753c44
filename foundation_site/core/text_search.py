"""Finding pages by words, the same on every database.

Wagtail's own index serves the admin. For readers it will not do: SQLite's does not stem and answers some input with
an error, PostgreSQL's has one language for the whole site and does not know that é is found by e, and both rank
differently. So the words of each published page are kept here, folded and stemmed in Python by the page's language,
with a weight; a search is one indexed query, and its ranking one sum.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import snowballstemmer
from django.db import models, transaction
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Sum, Value, When
from django.db.models.lookups import StartsWith
from django.utils.html import strip_tags
from wagtail.models import Page

from .privacy import restricted

MAX_QUERY = 120
MAX_WORDS = 8
TITLE_WEIGHT, INTRODUCTION_WEIGHT = 40, 12

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
WORD = re.compile(r"\w+")


class SearchEntry(models.Model):
    """What a list of results says of a published page, so that results need no query per kind of page."""

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, related_name="search_entry")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=30)
    summary = models.CharField(max_length=320, blank=True)

    class Meta:
        indexes = [models.Index(fields=["language", "kind"], name="search_entry_kind")]

    def __str__(self) -> str:
        return f"{self.language} {self.kind} {self.page_id}"


class Begins(StartsWith):
    """`startswith` that finds its way through an index: on SQLite LIKE never does. For words only, which hold no * ? [."""

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} GLOB %s", [*params, f"{self.rhs}*"]


# Its own name stays `startswith`: by it a database finds its operator.
models.CharField.register_lookup(Begins, "begins")


class SearchWord(models.Model):
    """A word of a page, folded and stemmed, with how much it says about the page."""

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
    """The same letters however they are typed: no case, no accents, no vowel signs; one form of each Arabic letter."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(ARABIC))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(ARABIC)


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


def matching(pages: QuerySet, query: str, language: str) -> QuerySet:
    """The pages of a queryset that hold every word asked for."""
    ids = SearchEntry.objects.filter(pk__in=scored(query, language).values("entry")).values("page")
    return pages.filter(pk__in=ids)


def ranked(query: str, language: str, *, every: bool = True) -> QuerySet:
    """Rows (entry, score) in order of how well they fit, best first; ties by entry, so that pages of results never overlap."""
    return scored(query, language, every=every).order_by("-found", "-score", "entry")


def weigh(page: Any) -> dict[str, int]:
    """Each word of a page with its weight: much for the title, some for the introduction, less for each time in the body."""
    language = page.locale.language_code
    counts: Counter[str] = Counter(words(" ".join(page.searchable_text()), language))
    weights = {word: min(1 + int(3 * math.log2(count)), 10) for word, count in counts.items()}
    for text, weight in ((page.introduction, INTRODUCTION_WEIGHT), (page.title, TITLE_WEIGHT)):
        for word in words(text, language):
            weights[word] = max(weights.get(word, 0), weight)
    return weights


def index_page(page: Any) -> None:
    """Keep the words of a published page; forget those of one that is not, or that only repeats another."""
    with transaction.atomic():
        SearchEntry.objects.filter(page=page.pk).delete()
        if not page.live or page.alias_of_id or not hasattr(page, "searchable_text"):
            return
        language = page.locale.language_code
        entry = SearchEntry.objects.create(
            page_id=page.pk,
            language=language,
            kind=page.search_kind,
            summary=strip_tags(page.introduction or page.search_description)[:320],
        )
        SearchWord.objects.bulk_create(
            [
                SearchWord(entry=entry, language=language, word=word, weight=weight)
                for word, weight in weigh(page).items()
            ],
            batch_size=500,
        )


def rebuild(pages: Iterable[Page]) -> int:
    """Index these pages anew; how many."""
    number = 0
    for page in pages:
        index_page(page)
        number += 1
    return number
