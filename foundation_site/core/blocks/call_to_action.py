from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, TextBlock

from .link import LinkBlock


class CallToActionBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=100)
    text = TextBlock(label=_("Text"), required=False, rows=2)
    link = LinkBlock(label=_("Button"))

    class Meta:
        icon = "pick"
        label = _("Call to action")
        description = _("One thing to do, with a button.")
        template = "blocks/call_to_action.html"
        preview_value = {
            "title": "Vuoi imparare l’arabo?",
            "text": "Due classi, gratuite.",
            "link": {"text": "Guarda i corsi", "page": None, "url": "https://example.org/"},
        }
