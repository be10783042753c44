"""What readers can find, kept up to date: pages as they are published, and rows of registers that need no page."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.models import Page

from .pages import page_types
from .text_search import SearchEntry, SearchWord, words

TITLE_WEIGHT, SUMMARY_WEIGHT = 40, 12


@dataclass
class Findable:
    """Something to be found in a language: what results say of it, its other names, and the rest of its words."""

    entry: SearchEntry
    names: Iterable[str] = ()
    texts: Iterable[str] = ()

    def weights(self) -> dict[str, int]:
        """Each word with its weight: much for a name, some for the summary, less for each time in the rest."""
        language = self.entry.language
        counts = Counter(words(" ".join(self.texts), language))
        weights = {word: min(1 + int(3 * math.log2(count)), 10) for word, count in counts.items()}
        for text, weight in (
            (self.entry.summary, SUMMARY_WEIGHT),
            (" ".join([self.entry.title, *self.names]), TITLE_WEIGHT),
        ):
            for word in words(text, language):
                weights[word] = max(weights.get(word, 0), weight)
        return weights


Announcer = Callable[[QuerySet], Iterable[Findable]]
ANNOUNCERS: dict[type[Model], Announcer] = {}


def announces(model: type[Model]) -> Callable[[Announcer], Announcer]:
    """Registers how rows of a register are found without a page of their own: in each language, and where they are read."""

    def register(announcer: Announcer) -> Announcer:
        ANNOUNCERS[model] = announcer
        return announcer

    return register


@cache
def findable_models() -> frozenset[type[Model]]:
    """The registers whose rows can be found, by a page that stands for them or as announced."""
    with_page = (model._meta.get_field(model.stands_for).related_model for model in page_types() if model.stands_for)
    return frozenset([*with_page, *ANNOUNCERS])


def named(record: Model | None) -> dict[str, Any]:
    """The record as entries name it."""
    return {"record": record._meta.label_lower, "record_id": record.pk} if record else {}


def keep(found: Iterable[Findable]) -> None:
    found = list(found)
    SearchEntry.objects.bulk_create([each.entry for each in found])
    SearchWord.objects.bulk_create(
        [
            SearchWord(entry=each.entry, language=each.entry.language, word=word, weight=weight)
            for each in found
            for word, weight in each.weights().items()
        ],
        batch_size=500,
    )


def index_page(page: Any) -> None:
    """Keep the words of a published page; forget those of one that is not, or that only repeats another.

    The record that it stands for is then found by it, or again by what the register announces.
    """
    with transaction.atomic():
        read_page(page)
        announce_record_of(page)


def forget_page(page: Any) -> None:
    """Neither the page is found any more nor what is read on it. The record that it stood for is announced again, but
    afterwards: while a page is being deleted nothing may be written for it, or for the list above that may go too."""
    SearchEntry.objects.filter(page=page.pk).delete()
    transaction.on_commit(partial(announce_record_of, page))


def announce_record_of(page: Any) -> None:
    record = getattr(page, "record", None)
    if record:
        announce(type(record), [record.pk])


def read_page(page: Any) -> None:
    SearchEntry.objects.filter(page=page.pk, path="").delete()
    if not page.live or page.alias_of_id or not hasattr(page, "searchable_text"):
        return
    entry = SearchEntry(
        page_id=page.pk,
        **named(page.record),
        language=page.locale.language_code,
        kind=page.search_kind,
        title=page.title,
        summary=strip_tags(page.introduction or page.search_description)[:320],
    )
    with override(entry.language):
        keep([Findable(entry, texts=page.searchable_text())])


def announce(model: type[Model], ids: Collection[Any] | None = None) -> None:
    """Keep what a register announces of these rows, or of all, in the languages in which they have no page of their own."""
    if model not in ANNOUNCERS:
        return
    rows, entries = model._default_manager.all(), SearchEntry.objects.filter(record=model._meta.label_lower)
    if ids is not None:
        rows, entries = rows.filter(pk__in=ids), entries.filter(record_id__in=ids)
    with transaction.atomic():
        entries.exclude(path="").delete()
        with_page = set(entries.values_list("record_id", "language"))
        keep(
            found for found in ANNOUNCERS[model](rows) if (found.entry.record_id, found.entry.language) not in with_page
        )


def index_record(model: type[Model], pk: Any) -> None:
    """A record has changed or gone: read its pages again, and what its register announces."""
    pages = SearchEntry.objects.filter(record=model._meta.label_lower, record_id=pk, path="").values("page")
    with transaction.atomic():
        for page in Page.objects.filter(pk__in=pages).specific():
            read_page(page)
        announce(model, [pk])


def rebuild() -> int:
    """Everything anew, page by page so that nobody has to wait long; how many can be found.

    Mends what was written behind the site's back: rows in bulk, a database of elsewhere.
    """
    SearchEntry.objects.filter(page__live=False).delete()
    for page in Page.objects.live().filter(alias_of=None).specific().iterator():
        read_page(page)
    for model in ANNOUNCERS:
        announce(model)
    return SearchEntry.objects.count()
