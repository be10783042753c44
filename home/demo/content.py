"""Reads the demonstration's content: one YAML file a page, with its languages side by side."""

import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DEMO = Path(__file__).parent
CONTENT, DATA, PICTURES = DEMO / "content", DEMO / "data", DEMO / "pictures"
SOURCE = "it"
PAGE_LINK = re.compile(r'<a page="([^"]+)"')

Resolve = Callable[[str], int]


@dataclass(frozen=True)
class PageContent:
    """One page: its place in the tree and its words in each language that has them."""

    path: str
    data: dict[str, Any]

    @property
    def parent_path(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def type(self) -> str:
        return self.data["type"]

    @property
    def facts(self) -> dict[str, Any]:
        return self.data.get("facts") or {}

    def texts(self, language: str) -> dict[str, Any]:
        return self.data[language]

    def translations(self, languages: Iterable[str]) -> Iterator[str]:
        return (code for code in languages if code != SOURCE and self.data.get(code))


def data(name: str) -> Any:
    return load(DATA / f"{name}.yaml")


def load(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader, in C where there is one


def pages() -> list[PageContent]:
    """All pages, parents before children."""
    found = [PageContent("", load(CONTENT / "index.yaml"))]
    for file in sorted(CONTENT.rglob("*.yaml")):
        path = file.relative_to(CONTENT).with_suffix("").as_posix()
        if path != "index":
            found.append(PageContent(path, load(file)))
    return sorted(found, key=lambda page: (page.path.count("/") + bool(page.path), page.path))


class BodyBuilder:
    """Turns the blocks of a YAML file into a StreamField's raw data.

    Identifiers come from the page's path and the block's place, so that every language has the same ones and each
    translated sentence meets its source.
    """

    def __init__(self, path: str, *, page_id: Resolve, image_id: Resolve):
        self.path = path
        self.page_id = page_id
        self.image_id = image_id

    def body(self, blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
        raw = []
        for number, block in enumerate(blocks):
            ((kind, value),) = block.items()
            place = f"{number}.{kind}"
            raw.append({"type": kind, "id": self.identifier(place), "value": getattr(self, kind)(value, place)})
        return raw

    def identifier(self, place: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{self.path}:{place}"))

    def items(self, values: list[Any], place: str) -> list[dict[str, Any]]:
        return [
            {"type": "item", "id": self.identifier(f"{place}.{number}"), "value": value}
            for number, value in enumerate(values)
        ]

    def heading(self, value: Any, _place: str) -> dict[str, Any]:
        return {"level": "h2", **(value if isinstance(value, dict) else {"text": value})}

    def text(self, value: str, _place: str) -> str:
        return PAGE_LINK.sub(lambda link: f'<a linktype="page" id="{self.page_id(link[1])}"', value)

    def image(self, value: dict[str, Any], _place: str) -> dict[str, Any]:
        return {"image": self.image_id(value["image"]), "alt": value["alt"], "caption": value.get("caption", "")}

    def gallery(self, value: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
        return self.items([self.image(picture, place) for picture in value], place)

    def quote(self, value: dict[str, Any], _place: str) -> dict[str, Any]:
        return {"source": "", "translation": "", **value}

    def table(self, value: dict[str, Any], place: str) -> dict[str, Any]:
        rows = [
            {"cells": self.items([str(cell) for cell in row], f"{place}.{number}")}
            for number, row in enumerate(value["rows"])
        ]
        return {
            "caption": value["caption"],
            "header": self.items(value["header"], f"{place}.header"),
            "rows": self.items(rows, f"{place}.rows"),
        }

    def accordion(self, value: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
        return self.items([{"title": item["title"], "text": self.text(item["text"], place)} for item in value], place)

    def call_to_action(self, value: dict[str, Any], _place: str) -> dict[str, Any]:
        page = value.get("page")
        link = {
            "text": value["label"],
            "page": self.page_id(page) if page else None,
            "service": value.get("service", ""),
            "url": value.get("url", ""),
        }
        return {"title": value["title"], "text": value.get("text", ""), "link": link}

    def people(self, value: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
        return self.items(
            [{"role": "", "text": "", "languages": "", "image": None, **person} for person in value], place
        )

    def figures(self, value: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
        return self.items([{key: str(text) for key, text in figure.items()} for figure in value], place)

    def timeline(self, value: list[dict[str, Any]], place: str) -> list[dict[str, Any]]:
        return self.items([{"text": "", **moment, "date": str(moment["date"])} for moment in value], place)

    def embed(self, value: dict[str, Any], _place: str) -> dict[str, Any]:
        return value

    def pages(self, value: dict[str, Any], place: str) -> dict[str, Any]:
        return {"title": value["title"], "pages": self.items([self.page_id(path) for path in value["pages"]], place)}
