from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock


class FigureBlock(StructBlock):
    value = CharBlock(label=_("Number"), max_length=30)
    label = CharBlock(label=_("What it counts"), max_length=120)
    source = CharBlock(label=_("Source"), max_length=200, help_text=_("A number without a source is not shown."))
    date = CharBlock(label=_("Date of the number"), max_length=60)

    class Meta:
        icon = "order"
        label = _("Number")


class FiguresBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(FigureBlock(), **kwargs)

    class Meta:
        icon = "order"
        label = _("Numbers")
        description = _("Numbers with their source and date.")
        template = "blocks/figures.html"
        preview_value = [{"value": "28.575", "label": "residenti stranieri", "source": "Comune", "date": "2024"}]
