from typing import Any

from wagtail import fields
from wagtail_localize.fields import SynchronizedField


class StreamField(fields.StreamField):
    """A StreamField that keeps its blocks out of migrations.

    Blocks change often and never change the column; without this every change of a label writes a migration
    of thousands of lines. Price: data migrations must not read `stream_data` through historical models.
    """

    def deconstruct(self) -> tuple[str, str, list, dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


class CarriedField(SynchronizedField):
    """A field that the house carries to the translations itself, at once. The translation package leaves it alone: it
    copies from a text that it stored some time ago, and would bring back what has changed since."""

    def is_synchronized(self, obj: Any) -> bool:
        return False
