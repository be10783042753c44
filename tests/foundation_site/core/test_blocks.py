"""What blocks refuse, in words that help the editor."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from foundation_site.core.blocks.body import BodyBlock
from foundation_site.core.blocks.link import LinkBlock
from foundation_site.core.blocks.picture import GalleryBlock
from foundation_site.core.blocks.quote import QuoteBlock
from foundation_site.core.blocks.table import TableBlock
from foundation_site.core.media import FoundationDocument, FoundationImage
from foundation_site.users.models import User
from home.models import StandardPage

NOTHING = {"text": "Vai", "page": None, "service": "", "url": ""}


def linked(home: Page, **parts: object) -> object:
    chosen = {name: home.pk if name == "page" else value for name, value in parts.items()}
    return LinkBlock().to_python({**NOTHING, **chosen})


@pytest.mark.parametrize(
    "parts",
    [{"page": True}, {"service": "search:search"}, {"url": "https://example.org/"}],
    ids=["a page", "a service", "an address"],
)
def test_link_leads_to_one_place(home, parts):
    LinkBlock().clean(linked(home, **parts))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"page": True, "url": "https://example.org/"},
        {"service": "search:search", "url": "https://example.org/"},
        {"page": True, "service": "search:search", "url": "https://example.org/"},
    ],
    ids=["nowhere", "page and address", "service and address", "all three"],
)
def test_link_to_no_place_or_to_several_is_refused(home, parts):
    with pytest.raises(StructBlockValidationError) as refused:
        LinkBlock().clean(linked(home, **parts))

    assert list(refused.value.block_errors) == ["url"]


def test_link_needs_words_unless_its_page_has_a_title(home):
    LinkBlock().clean(linked(home, page=True, text=""))

    with pytest.raises(StructBlockValidationError) as refused:
        LinkBlock().clean(linked(home, url="https://example.org/", text=""))

    assert list(refused.value.block_errors) == ["text"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//"])
def test_link_to_a_script_is_refused(home, address: str):
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(linked(home, url=address))


def table(*rows: list[str]) -> object:
    return TableBlock().to_python(
        {"caption": "Orari", "header": ["Giorno", "Orario"], "rows": [{"cells": cells} for cells in rows]}
    )


def test_table_has_rows_as_long_as_its_head():
    TableBlock().clean(table(["Lunedì", "9–13"], ["Martedì", ""]))


@pytest.mark.parametrize("row", [["Lunedì"], ["Lunedì", "9–13", "15–18"]], ids=["shorter", "longer"])
def test_table_names_the_row_of_another_length(row: list[str]):
    with pytest.raises(StructBlockValidationError) as refused:
        TableBlock().clean(table(["Lunedì", "9–13"], row))

    error = refused.value.block_errors["rows"]
    assert error.params == {"number": 2, "cells": len(row), "columns": 2}


def picture(title: str) -> FoundationImage:
    file = io.BytesIO()
    Image.new("RGB", (64, 36)).save(file, "PNG")
    return FoundationImage.objects.create(
        title=title, file=ContentFile(file.getvalue(), f"{title}.png"), description="Una piazza"
    )


def test_gallery_of_one_picture_is_refused(db):
    pictures = GalleryBlock().to_python([{"image": picture("P").pk, "alt": "Una piazza", "caption": ""}] * 2)

    GalleryBlock().clean(pictures)
    del pictures[1]
    with pytest.raises(ValidationError) as refused:
        GalleryBlock().clean(pictures)

    with override("en"):
        assert refused.value.messages == ["A gallery has at least two pictures; for one use the picture block."]


@pytest.mark.parametrize(("code", "direction"), [("ar", "rtl"), ("ur", "rtl"), ("ti", "ltr"), ("it", "ltr")])
def test_quotation_knows_its_direction(code: str, direction: str):
    quotation = QuoteBlock().to_python({"text": "…", "language": code, "source": "", "translation": ""})

    assert (quotation.language_info.code, quotation.language_info.dir) == (code, direction)


BLOCKS = BodyBlock().child_blocks


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_says_what_it_is(name: str):
    block = BLOCKS[name]

    assert str(block.meta.description)
    assert block.meta.icon != "placeholder"
    assert block.is_previewable


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("stocked", [True, False], ids=["with pictures and pages", "on an empty site"])
def test_every_block_is_previewed_as_the_site_shows_it(
    client: Client, superuser: User, standard_page: StandardPage, name: str, stocked: bool
):
    if stocked:
        for number in range(3):
            picture(f"P{number}")
        FoundationDocument.objects.create(title="Statuto", file=ContentFile(b"a", "statuto.txt"))
    client.force_login(superuser)

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": BLOCKS[name].definition_prefix})

    assert response.status_code == 200
    assert "site.css" in response.content.decode()
