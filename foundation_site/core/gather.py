"""What a page shows beside its own words: cards, pictures, documents, other pages. A fixed number of queries, however much there is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import get_language, override
from wagtail.blocks import StreamValue
from wagtail.models import Page

from .at_hand import Hand
from .media import FoundationDocument, FoundationImage, FoundationRendition
from .privacy import public, restricted

# What every page on a card is asked: its language, and that of the page which an alias repeats.
LANGUAGE_ROWS = ("locale", "alias_of__locale")


def for_cards(pages: Any) -> Any:
    """Those of these pages of one type that everybody may read, with whatever a card asks of each."""
    return public(pages.live()).select_related(*LANGUAGE_ROWS, *pages.model.speaks_of).defer_streamfields()


def gather(page: Any, cards: Iterable[Any]) -> StreamValue:
    """The body of a page with all that its blocks choose; every card, there and beside it, with its picture and facts. Four queries."""
    hand = Hand()
    hand.read(page.body)
    chosen = chosen_pages(hand.asked[Page], {get_language(), page.text_language.code})
    others = [*cards, *chosen.values()]
    hand.there = {
        Page: chosen,
        FoundationImage: with_pictures([page, *others], hand.asked[FoundationImage]),
        FoundationDocument: FoundationDocument.objects.in_bulk(hand.asked[FoundationDocument]),
    }
    with_facts(others)
    with override(page.text_language.code):
        return hand.read(page.body)


def chosen_pages(ids: Collection[int], languages: Collection[str | None]) -> dict[int, Any]:
    """These pages and their versions published in these languages, each of its own type and with its records; one query."""
    if not ids:
        return {}
    types = types_of(ids)
    records = [f"{name}__{record}" for name, model in types.items() for record in model.speaks_of]
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    rows = (
        Page.objects.filter(
            Q(pk__in=ids) | Q(live=True, locale__language_code__in=languages, translation_key__in=keys), depth__gt=1
        )
        .select_related(*LANGUAGE_ROWS, *types, *records)
        .defer(*(f"{name}__body" for name in types))
        .annotate(behind_sign_in=restricted() | restricted("alias_of__path"))
    )
    pages: dict[int, Any] = {}
    versions: defaultdict[Any, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        page = getattr(row, row.cached_content_type.model)
        page.locale, page.alias_of, page.for_everybody = row.locale, row.alias_of, not row.behind_sign_in
        page.versions = versions[page.translation_key]
        if page.live:
            page.versions[page.locale.language_code] = page
        pages[page.pk] = page
    cache.set_many({type_key(key): pages[key]._meta.model_name for key in ids if key in pages}, timeout=None)
    return pages


def types_of(ids: Iterable[int]) -> dict[str, Any]:
    """The types of these pages by name, as the database joins them to pages. A page never changes its type, so those
    that we have met are remembered; while one is unknown, all types (some thirty tables; SQLite joins 64)."""
    models = (model for model in apps.get_models() if issubclass(model, Page) and model is not Page)
    types: dict[str, Any] = {str(model._meta.model_name): model for model in models}
    met = [cache.get(type_key(key)) for key in ids]
    return {name: types[name] for name in met} if types.keys() >= set(met) else types


def type_key(page: int) -> str:
    return f"core.gather.type.{page}"


def with_pictures(pages: Iterable[Any], others: Iterable[int] = ()) -> dict[int, FoundationImage]:
    """Give each page its picture; these and other pictures by key, with their renditions."""
    depicted = [page for page in pages if page.image_id]
    found = pictures({*others, *(page.image_id for page in depicted)})
    for page in depicted:
        page.image = found.get(page.image_id)
    return found


def pictures(ids: Collection[int]) -> dict[int, FoundationImage]:
    """Pictures with their renditions, in one query; in a second those that were never drawn in any size."""
    found: dict[int, FoundationImage] = {}
    for rendition in FoundationRendition.objects.filter(image__in=ids).select_related("image"):
        rendition.image = found.setdefault(rendition.image_id, rendition.image)
        vars(rendition.image).setdefault("prefetched_renditions", []).append(rendition)  # where Wagtail looks first
    undrawn = FoundationImage.objects.in_bulk(set(ids) - found.keys())
    for image in undrawn.values():
        image.prefetched_renditions = []
    return found | undrawn


def with_facts(pages: Collection[Any]) -> None:
    """Give each page what its card says from tables with several rows a page, in one query for all types."""
    by_type: defaultdict[Any, set[int]] = defaultdict(set)
    for page in pages:
        by_type[type(page)].add(page.pk)
    asked = [model.card_rows(model._default_manager.filter(pk__in=keys).order_by()) for model, keys in by_type.items()]
    parts = [rows for rows in asked if rows is not None]
    facts: defaultdict[int, list[str]] = defaultdict(list)
    for key, _order, text in sorted(parts[0].union(*parts[1:], all=True)) if parts else ():
        facts[key].append(text)
    for page in pages:
        page.card_facts = facts[page.pk]
