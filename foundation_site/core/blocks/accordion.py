from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock

from .text import TextBlock


class AccordionItemBlock(StructBlock):
    title = CharBlock(label=_("Question or title"), max_length=150)
    text = TextBlock(label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Question")


class AccordionBlock(ListBlock):
    def __init__(self, **kwargs):
        super().__init__(AccordionItemBlock(), **kwargs)

    class Meta:
        icon = "list-ul"
        label = _("Questions and answers")
        description = _("Titles that open; works without JavaScript and opens when printed.")
        template = "blocks/accordion.html"
        preview_value = [{"title": "Serve il permesso di soggiorno?", "text": "<p>No.</p>"}]
