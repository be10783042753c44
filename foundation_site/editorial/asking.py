"""Asking for a page in other languages: drafts to be translated, never the Italian text published under another language."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from foundation_site.core.errors import RuleViolation


@transaction.atomic
def ask_for_translation(page: Page, locales: Iterable[Locale], *, user: Any, with_descendants: bool = False) -> None:
    """Make a draft of the page, and of each page above it that is missing, in these languages.

    What exists already is left alone: the package would write unreviewed sentences into pages that are live.
    """
    refuse_unless_source(page)
    pages = [*page.get_ancestors().filter(depth__gt=1), page]
    if with_descendants:
        pages += page.get_descendants()
    for locale in locales:
        for one in pages:
            if not translations_in(one, locale).filter(alias_of=None).exists():
                make_draft(one, locale, user)


def refuse_unless_source(instance: Any) -> None:
    if instance.locale.language_code != settings.LANGUAGE_CODE:
        raise RuleViolation(_("Translations start from the Italian text: open the Italian version."))


def make_draft(page: Page, locale: Locale, user: Any) -> None:
    # A copy that follows the Italian page stays live when it becomes a translation: it would show Italian as if it were not.
    translations_in(page, locale).update(live=False, has_unpublished_changes=True)
    translate_object(page.specific, [locale], user=user)


def translations_in(page: Page, locale: Locale) -> Any:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale)
