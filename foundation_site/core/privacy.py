"""Pages behind a sign-in are not told of in lists, searches and the map of the site: a card would tell what they keep.

A restriction is set on the page of one language and holds in all: for its translations, and for all that is below them.
"""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from wagtail.models import Page, PageViewRestriction

Rows = TypeVar("Rows", bound=QuerySet)


def public(rows: Rows, path: str = "path") -> Rows:
    """Those whose page everybody may read; `path` leads to the path of the page. No query of its own."""
    return rows.exclude(restricted(path))


def restricted(path: str = "path") -> Exists:
    """Whether the page or one above it is restricted, in whichever language. Asked of the few restrictions, one by one:
    joined to the pages, SQLite would walk through all pages for each page."""
    key = Subquery(Page.objects.filter(pk=OuterRef("page")).values("translation_key")[:1])
    shown = ExpressionWrapper(OuterRef(OuterRef(path)), output_field=CharField())
    tops = (
        Page.objects.order_by()
        .annotate(shown=shown)
        .filter(translation_key=OuterRef("key"), shown__startswith=F("path"))
    )
    return Exists(PageViewRestriction.objects.annotate(key=key).filter(Exists(tops)))


def in_any_language(page: Page) -> QuerySet:
    """The restrictions of the page and of those above it, and of the translations of them all."""
    line = page.get_ancestors(inclusive=True).order_by().values("translation_key")
    return PageViewRestriction.objects.filter(page__translation_key__in=line)
