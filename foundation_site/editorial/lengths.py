"""How long a text may be: the translation package stores what it is given, and PostgreSQL then refuses the page."""

from typing import Any

from wagtail.blocks import ListBlock
from wagtail.fields import StreamField


def max_length(model: Any, field_path: str) -> int | None:
    """The limit of the field or block at a path as the translation package writes it: `body.heading.text`, `promise_texts.title`."""
    name, *rest = field_path.split(".")
    field = model._meta.get_field(name)
    if isinstance(field, StreamField):
        return block_max_length(field.stream_block, rest)
    if rest:
        return max_length(field.related_model, ".".join(rest))
    return getattr(field, "max_length", None)


def block_max_length(block: Any, path: list[str]) -> int | None:
    for name in path:
        block = block.child_block if isinstance(block, ListBlock) else block.child_blocks[name]
    return getattr(getattr(block, "field", None), "max_length", None)
