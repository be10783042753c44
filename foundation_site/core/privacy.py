"""Pages behind a sign-in or a password are not told of in lists, searches and the map of the site: a card would tell what they keep."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from wagtail.models import Page, PageViewRestriction

Rows = TypeVar("Rows", bound=QuerySet)


def public(rows: Rows, path: str = "path") -> Rows:
    """Those whose page everybody may read; `path` leads to the path of the page. No query of its own."""
    return rows.exclude(restricted(path))


def restricted(path: str = "path") -> Exists:
    """Whether the page or one above it is restricted. Asked of the few restrictions, one by one: joined to the pages,
    SQLite would walk through all pages for each page."""
    top = Subquery(Page.objects.filter(pk=OuterRef("page")).values("path")[:1])
    shown = ExpressionWrapper(OuterRef(path), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(top=top, shown=shown).filter(shown__startswith=F("top")))
