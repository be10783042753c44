from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, StructValue
from wagtail.rich_text import RichText

from ..at_hand import written_out

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingValue(StructValue):
    @property
    def anchor(self) -> str:
        """A name for links to this heading, in the letters of its own language."""
        return slugify(self["text"], allow_unicode=True)


class HeadingBlock(StructBlock):
    text = CharBlock(label=_("Heading"), max_length=120)
    level = ChoiceBlock(label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Part of a section"))], default="h2")

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Opens a section; sections make the table of contents.")
        template = "blocks/heading.html"
        value_class = HeadingValue
        preview_value = {"text": "Come partecipare", "level": "h2"}


class TextBlock(RichTextBlock):
    def __init__(self, **kwargs):
        super().__init__(**{"features": RICH_TEXT_FEATURES, **kwargs})

    def to_python(self, value: str) -> RichText:
        return super().to_python(written_out(value))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = (
            "<p>Due mattine alla settimana, con uno spazio gioco per i bambini. L’iscrizione è gratuita.</p>"
        )
