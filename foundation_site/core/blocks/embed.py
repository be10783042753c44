from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, URLBlock


class EmbedBlock(StructBlock):
    """Something that lives on another site. Nothing is asked of that site until the reader follows the link."""

    url = URLBlock(label=_("Address"))
    title = CharBlock(label=_("What it is"), max_length=150)

    class Meta:
        icon = "media"
        label = _("Video or content of another site")
        description = _("Opens on a click; until then the other site learns nothing of the reader.")
        template = "blocks/embed.html"
        preview_value = {"url": "https://example.org/video", "title": "Un’intervista"}
