"""What the blocks of a body choose, fetched for all of them together.

Left to itself each block asks the database for its own. So a body is read twice: first to learn what it asks for, then
with all of that at hand. What is read so stays apart from its page: links are written out in it.
"""

from collections import defaultdict
from collections.abc import Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.html import format_html
from wagtail.blocks import PageChooserBlock as WagtailPageChooserBlock
from wagtail.blocks import StreamValue
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from .media import FoundationDocument


class Hand:
    """Rows by model and key: those that were asked for, and those that are there."""

    def __init__(self) -> None:
        self.asked: defaultdict[type[Model], set[int]] = defaultdict(set)
        self.there: dict[type[Model], Mapping[int, Any]] = {}

    def take(self, model: type[Model], key: Any) -> Any:
        if not key:
            return None
        self.asked[model].add(int(key))
        return self.there.get(model, {}).get(int(key))

    def read(self, body: StreamValue) -> StreamValue:
        """The body anew, each block with what is in this hand."""
        before = READING.set(self)
        try:
            anew = body.stream_block.to_python(list(body.raw_data))
            list(anew)  # blocks are made when they are first looked at
        finally:
            READING.reset(before)
        return anew


READING: ContextVar[Hand | None] = ContextVar("reading", default=None)


class FromHand:
    """A chooser that takes what was chosen from the hand, while a body is read with one."""

    def bulk_to_python(self: Any, values: list[Any]) -> list[Any]:
        hand = READING.get()
        if hand is None:
            return super().bulk_to_python(values)  # type: ignore[misc]  # mixed into choosers, which have it
        return [hand.take(self.model_class, key) for key in values]


class PageChooserBlock(FromHand, WagtailPageChooserBlock):
    pass


class ImageChooserBlock(FromHand, WagtailImageChooserBlock):
    pass


class DocumentChooserBlock(FromHand, WagtailDocumentChooserBlock):
    pass


def written_out(html: str) -> str:
    """Rich text with the addresses of what it links to, while a body is read with them at hand."""
    return LINKS(html) if READING.get() else html


def opening_tag(model: type[Model], attrs: dict[str, str]) -> str:
    hand = READING.get()
    linked = hand.take(model, attrs.get("id")) if hand else None
    return format_html('<a href="{}">', getattr(linked, "localized", linked).url or "") if linked else "<a>"


LINKS = LinkRewriter(rules={"page": partial(opening_tag, Page), "document": partial(opening_tag, FoundationDocument)})
