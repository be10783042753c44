"""Pages behind a sign-in or a password are not told of in lists, searches and the map of the site: a card would tell what they keep."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

Rows = TypeVar("Rows", bound=QuerySet)


def public(rows: Rows, path: str = "path") -> Rows:
    """Those whose page everybody may read; `path` leads to the path of the page. No query of its own."""
    shown = ExpressionWrapper(OuterRef(path), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(shown=shown).filter(shown__startswith=F("page__path"))
    return rows.exclude(Exists(restrictions))
