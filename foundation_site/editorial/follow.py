"""A page has one address in every language: where the Italian page goes, and under which slug, its translations go with it.
They go offline and behind a sign-in with it, too."""

import logging
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, PageViewRestriction

from foundation_site.core.slugs import FRONT_PAGE_DEPTH, source_of

from .asking import ask_for_translation

logger = logging.getLogger(__name__)


@transaction.atomic
def follow(page: Page) -> None:
    """Bring the translations of a page to where it stands; or a translation that went alone back to its source.

    Told again of each that it has brought, this finds it in its place and does nothing. Front pages stand side by side.
    """
    source = source_of(page)
    leader = source or page
    if leader.depth > FRONT_PAGE_DEPTH:
        for follower in [page] if source else followers(leader).select_related("locale"):
            bring(follower, parent_in(follower.locale, leader.get_parent()), slug=leader.slug)


def followers(page: Page) -> Any:
    """The translations of an Italian page; others have none."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return Page.objects.none()
    return Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)


def parent_in(locale: Locale, parent: Page) -> Page:
    """The page above, in this language: a draft to be translated, where it is missing."""
    if not parent.has_translation(locale):
        ask_for_translation(parent, [locale], user=None)
    return parent.get_translation(locale)


def bring(page: Page, parent: Page, *, slug: str) -> None:
    if not Page._slug_is_available(slug, parent, page):
        logger.error("“%s” stays where it is: %s%s/ is another page's.", page.title, parent.url_path, slug)
        return
    if not page.is_child_of(parent):
        page.move(parent, pos="last-child")
        page = Page.objects.get(pk=page.pk)  # which else would remember its old parent
    if page.slug != slug:
        page.slug = slug
        page.save(clean=False, update_fields=["slug", "url_path"])


def take_translations_offline(page: Page) -> None:
    """Where the Italian text is withdrawn its translations are too; a translation can be withdrawn alone."""
    for translation in followers(page).live():
        translation.specific.unpublish(set_expired=page.expired)


def keep_at_source(restriction: PageViewRestriction) -> None:
    """One restriction for all languages, at the Italian page: the translation package copies it to each translation, without
    its groups, and forgets the copy when it is lifted."""
    source = source_of(restriction.page)
    if source:
        rows = PageViewRestriction.objects.filter(pk=restriction.pk)
        rows.delete() if source.view_restrictions.exists() else rows.update(page=source)
