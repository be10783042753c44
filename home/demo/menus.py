"""Menu and footer of the demonstration, in five languages."""

import json
import uuid
from typing import Any

from wagtail.models import Locale, Page

from foundation_site.core.navigation import Footer, Navigation
from foundation_site.editorial.translations import publish_translation

from .content import SOURCE, data


def load_menus(locales: dict[str, Locale]) -> None:
    """One menu and one footer, translated; where a language has them already they stay."""
    menus = data("menus")
    pages = {
        page.url_path.partition("/home/")[2].strip("/"): page.pk for page in Page.objects.filter(locale=locales[SOURCE])
    }
    if not Navigation.objects.exists():
        source = Navigation(locale=locales[SOURCE], items=items(menus[SOURCE]["navigation"], pages))
        source.save()
        for code in set(menus) - {SOURCE}:
            publish_translation(source, locales[code], Navigation(items=items(menus[code]["navigation"], pages)))
    if not Footer.objects.exists():
        footer = menus[SOURCE]["footer"]
        source = Footer(locale=locales[SOURCE], columns=columns(footer["columns"], pages), text=footer["text"])
        source.save()
        for code in set(menus) - {SOURCE}:
            footer = menus[code]["footer"]
            publish_translation(
                source, locales[code], Footer(columns=columns(footer["columns"], pages), text=footer["text"])
            )


def link(value: dict[str, str], pages: dict[str, int]) -> dict[str, Any]:
    return {
        "text": value["text"],
        "page": pages[value["page"].strip("/")] if "page" in value else None,
        "service": value.get("service", ""),
        "url": value.get("url", ""),
    }


def items(entries: list[dict[str, Any]], pages: dict[str, int]) -> str:
    return json.dumps(
        [
            {
                "type": "item",
                "id": identifier("menu", place),
                "value": {
                    "link": link(entry, pages),
                    "children": [
                        {"type": "item", "id": identifier("menu", place, below), "value": link(child, pages)}
                        for below, child in enumerate(entry.get("children", []))
                    ],
                },
            }
            for place, entry in enumerate(entries)
        ]
    )


def columns(entries: list[dict[str, Any]], pages: dict[str, int]) -> str:
    return json.dumps(
        [
            {
                "type": "column",
                "id": identifier("footer", place),
                "value": {
                    "title": entry["title"],
                    "links": [
                        {"type": "item", "id": identifier("footer", place, below), "value": link(child, pages)}
                        for below, child in enumerate(entry["links"])
                    ],
                },
            }
            for place, entry in enumerate(entries)
        ]
    )


def identifier(*place: object) -> str:
    """The same for the same place in every language, so that each translated word meets its source."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, ":".join(map(str, ("demo", *place)))))
