from typing import Any

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from foundation_site.core.languages import language as language_info
from foundation_site.core.privacy import restricted
from foundation_site.core.text_search import SearchEntry


def promoted(query: str, language: str) -> list[dict[str, Any]]:
    """What the foundation suggests for exactly these words, in its order. One query, and a second where there is something.

    A page in the reader's language, where it is published there; else as it was chosen.
    """
    picks = list(
        SearchPromotion.objects.filter(query__query_string=normalise_query_string(query)).select_related("page__locale")
    )
    if not picks:
        return []
    entries = SearchEntry.objects.filter(
        path="", page__translation_key__in=[pick.page.translation_key for pick in picks if pick.page]
    ).exclude(restricted("page__path"))
    found = {
        (entry.page.translation_key, entry.language): entry for entry in entries.select_related("page") if entry.page
    }
    suggested = []
    for pick in picks:
        if pick.page:
            key = pick.page.translation_key
            entry = found.get((key, language)) or found.get((key, pick.page.locale.language_code))
            if entry:
                suggested.append(shown(entry.title, entry.url, pick.description or entry.summary, entry.language))
        else:
            suggested.append(shown(pick.external_link_text, pick.external_link_url, pick.description, language))
    return suggested


def shown(title: str, url: str, text: str, language: str) -> dict[str, Any]:
    return {"title": title, "url": url, "text": text, "lang": language, "dir": language_info(language).dir}
