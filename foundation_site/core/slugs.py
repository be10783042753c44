"""An address is the same in every language but for its prefix: the Italian page gives it, and it must be free in all of them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.urls import LocalePrefixPattern, get_resolver
from django.utils.translation import gettext as _
from wagtail.models import Page

from .languages import language

FRONT_PAGE_DEPTH = 2


def source_of(page: Page) -> Page | None:
    """The Italian page that this one translates; none for the Italian one itself."""
    pages = Page.objects.filter(translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE)
    return pages.exclude(pk=page.pk).first()


def why_taken(slug: str, parent: Page, *, by: Page) -> str:
    """Why a page cannot stand under this parent with this slug, in a sentence for the editor; empty where it can."""
    if parent.depth < FRONT_PAGE_DEPTH:
        return ""  # the slug of a front page is in no address
    if parent.depth == FRONT_PAGE_DEPTH and slug in first_steps(get_resolver().url_patterns):
        return _("The site itself uses “%(slug)s”: no page would be found there. Choose another slug.") % {"slug": slug}
    namesake = namesakes(slug, parent).exclude(translation_key=by.translation_key).select_related("locale").first()
    if namesake:
        return _("In %(language)s another page has the slug “%(slug)s”. Choose one that is free in every language.") % {
            "language": language(namesake.locale.language_code).name,
            "slug": slug,
        }
    return ""


def first_steps(patterns: Iterable[Any]) -> Iterator[str]:
    """How the addresses that are not pages' begin, behind the language or without one: search, enrol, admin …"""
    for entry in patterns:
        if isinstance(entry.pattern, LocalePrefixPattern):
            yield from first_steps(entry.url_patterns)
        else:
            yield str(entry.pattern).partition("/")[0]


def namesakes(slug: str, parent: Page) -> Any:
    """Pages with this slug below the same parent in another language."""
    rows = Page.objects.none()
    for other in parent.get_translations():
        rows |= other.get_children()
    return rows.filter(slug=slug)
