from typing import Any

from wagtail import fields


class StreamField(fields.StreamField):
    """A StreamField that keeps its blocks out of migrations.

    Blocks change often and never change the column; without this every change of a label writes a migration
    of thousands of lines. Price: data migrations must not read `stream_data` through historical models.
    """

    def deconstruct(self) -> tuple[str, str, list, dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
