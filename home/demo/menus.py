"""Menu and footer of the demonstration, in five languages."""

import json
import uuid
from typing import Any

from wagtail.models import Locale, Page

from foundation_site.core.navigation import Footer, Navigation

from .content import SOURCE, data


def load_menus(locales: dict[str, Locale]) -> None:
    """One menu and one footer per language, where there is none yet."""
    menus = data("menus")
    pages = {page.url_path.partition("/home/")[2].strip("/"): page.pk for page in Page.objects.filter(locale=locales[SOURCE])}
    keys: dict[type, Any] = {}
    for code, texts in menus.items():
        locale = locales[code]
        for model, fields in (
            (Navigation, {"items": items(texts["navigation"], pages)}),
            (Footer, {"columns": columns(texts["footer"]["columns"], pages), "text": texts["footer"]["text"]}),
        ):
            existing = model.objects.filter(locale=locale).first()
            if existing is None:
                existing = model(locale=locale, translation_key=keys.get(model, uuid.uuid4()), **fields)
                existing.save()
            keys.setdefault(model, existing.translation_key)


def link(value: dict[str, str], pages: dict[str, int]) -> dict[str, Any]:
    return {"text": value["text"], "page": pages[value["page"].strip("/")] if "page" in value else None, "url": value.get("url", "")}


def items(entries: list[dict[str, Any]], pages: dict[str, int]) -> str:
    return json.dumps(
        [
            {
                "type": "item",
                "value": {
                    "link": link(entry, pages),
                    "children": [{"type": "item", "value": link(child, pages)} for child in entry.get("children", [])],
                },
            }
            for entry in entries
        ]
    )


def columns(entries: list[dict[str, Any]], pages: dict[str, int]) -> str:
    return json.dumps(
        [
            {
                "type": "column",
                "value": {"title": entry["title"], "links": [{"type": "item", "value": link(child, pages)} for child in entry["links"]]},
            }
            for entry in entries
        ]
    )
