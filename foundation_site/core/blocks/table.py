from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError


class RowBlock(StructBlock):
    cells = ListBlock(CharBlock(required=False, max_length=250), label=_("Cells"))

    class Meta:
        icon = "table"
        label = _("Row")


class TableBlock(StructBlock):
    """A table whose cells are translated: Wagtail's own table blocks are invisible to translators."""

    caption = CharBlock(label=_("Caption"), max_length=200, help_text=_("What the table is about."))
    header = ListBlock(CharBlock(max_length=100), label=_("Column headings"))
    rows = ListBlock(RowBlock(), label=_("Rows"), help_text=_("The first cell of each row is its heading."))

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Facts in rows and columns.")
        template = "blocks/table.html"
        preview_value = {
            "caption": "Orari dello sportello",
            "header": ["Giorno", "Orario"],
            "rows": [{"cells": ["Lunedì", "9–13"]}, {"cells": ["Giovedì", "15–18"]}],
        }

    def clean(self, value):
        value = super().clean(value)
        columns = len(value["header"])
        for number, row in enumerate(value["rows"], start=1):
            if len(row["cells"]) != columns:
                raise StructBlockValidationError(
                    {
                        "rows": ValidationError(
                            _("Row %(number)d has %(cells)d cells, the headings are %(columns)d."),
                            params={"number": number, "cells": len(row["cells"]), "columns": columns},
                        )
                    }
                )
        return value
