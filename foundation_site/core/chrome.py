"""What stands around every page: who the foundation is, menu, footer, languages. Cached until an editor changes it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site, get_page_models

from .blocks.link import LinkValue
from .index_pages import IndexPage
from .languages import in_language, languages
from .navigation import Footer, Navigation
from .privacy import public
from .site_settings import SiteSettings

CHOSEN = ("accessibility", "privacy", "joining")
CHROME_KEY = "core.chrome.settings"
CHROME_SECONDS = 3600


def chrome_key(language: str) -> str:
    return f"core.chrome.{language}"


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context of every public template; in the admin it stays empty."""
    if request.path.startswith("/admin/"):
        return {}
    code = get_language() or settings.LANGUAGE_CODE
    site_settings = foundation(request)
    parts = parts_in(code, site_settings)
    return {
        "site_settings": site_settings,
        "navigation": [active(item, request.path) for item in parts["navigation"]],
        "footer": parts["footer"],
        "site_pages": parts["pages"],
        "languages": [
            {
                "code": language.code,
                "name": language.name,
                "dir": language.dir,
                "url": in_language(request.path, language.code),
                "active": language.code == code,
            }
            for language in languages()
        ],
        "demo": settings.DEMO,
    }


def foundation(request: HttpRequest) -> SiteSettings:
    found = cache.get(CHROME_KEY)
    if found is None:
        site = Site.find_for_request(request)
        found = SiteSettings.for_site(site) if site else SiteSettings()
        cache.set(CHROME_KEY, found, CHROME_SECONDS)
    return found


def parts_in(code: str, site_settings: SiteSettings) -> dict[str, Any]:
    """Menu, footer and pages to lead to in a language, as plain values; the source language's where it has none of its own."""
    found = cache.get(chrome_key(code))
    if found is None:
        footer = in_language_or_source(Footer, code)
        found = {
            "navigation": menu(in_language_or_source(Navigation, code)),
            "footer": {
                "text": footer.text if footer else "",
                "columns": [
                    {"title": block.value["title"], "links": links(block.value["links"])}
                    for block in (footer.columns if footer else [])
                ],
            },
            "pages": site_pages(code, site_settings),
        }
        cache.set(chrome_key(code), found, CHROME_SECONDS)
    return found


def site_pages(code: str, site_settings: SiteSettings) -> dict[str, str]:
    """Addresses of the pages that templates lead to: the list of each kind (news, course …), and those chosen in the settings.

    Only of what every reader can see: where a name is missing, a template leads nowhere.
    """
    models = [model for model in get_page_models() if issubclass(model, IndexPage)]
    types = ContentType.objects.get_for_models(*models)
    kinds = {types[model].pk: model.allowed_subpage_models()[0].search_kind for model in models}
    chosen = {name: getattr(site_settings, f"{name}_page_id") for name in CHOSEN}
    lists = Q(content_type__in=kinds, locale__language_code__in=[code, settings.LANGUAGE_CODE])
    pages = list(public(Page.objects.live()).filter(lists | Q(pk__in=[pk for pk in chosen.values() if pk])))
    addresses = {page.pk: in_language(page.url, code) for page in pages if page.url}
    found = {kinds[page.content_type_id]: addresses.get(page.pk, "") for page in pages if page.content_type_id in kinds}
    return found | {name: addresses[pk] for name, pk in chosen.items() if pk in addresses}


def in_language_or_source(model: Any, code: str) -> Any:
    rows = {
        row.locale.language_code: row
        for row in model.objects.filter(locale__language_code__in=[code, settings.LANGUAGE_CODE]).select_related(
            "locale"
        )
    }
    return rows.get(code) or rows.get(settings.LANGUAGE_CODE)


def menu(navigation: Navigation | None) -> list[dict[str, Any]]:
    return [
        {**link(block.value["link"]), "children": links(block.value["children"])}
        for block in (navigation.items if navigation else [])
        if leads_somewhere(block.value["link"])
    ]


def links(values: Iterable[LinkValue]) -> list[dict[str, Any]]:
    return [link(value) for value in values if leads_somewhere(value)]


def leads_somewhere(value: LinkValue) -> bool:
    """Not to a page that has been deleted since, or that is not published."""
    page: Page | None = value.get("page")
    return page.localized.live if page else bool(value.href)


def link(value: LinkValue) -> dict[str, Any]:
    return {"label": value.label, "url": address(value)}


def address(value: LinkValue) -> str:
    """A page's address in the language of the menu, also where its translation is missing: there a notice helps on."""
    page: Page | None = value.get("page")
    if page is None or value.get("service"):
        return value.href
    return in_language(page.url or "/", get_language() or settings.LANGUAGE_CODE)


def active(item: dict[str, Any], path: str) -> dict[str, Any]:
    """The entry with whether the reader is in its part of the site."""
    children = [active(child, path) for child in item.get("children", [])]
    url = item["url"]
    here = path == url or (url.count("/") > 2 and path.startswith(url)) or any(child["active"] for child in children)
    return {**item, "children": children, "active": here}
