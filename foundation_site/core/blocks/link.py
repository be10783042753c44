from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(StructValue):
    """A link that knows its words and its address in the reader's language."""

    @property
    def url(self) -> str:
        page = self.get("page")
        return page.localized.url or "" if page else self.get("url") or ""

    @property
    def label(self) -> str:
        page = self.get("page")
        return self.get("text") or (page.localized.title if page else self.get("url") or "")


class LinkBlock(StructBlock):
    """A page of the site or an address elsewhere: exactly one of the two."""

    text = CharBlock(
        label=_("Words of the link"), required=False, max_length=100, help_text=_("Empty: the title of the page.")
    )
    page = PageChooserBlock(label=_("Page"), required=False)
    url = URLBlock(label=_("or address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if bool(value.get("page")) == bool(value.get("url")):
            raise StructBlockValidationError(
                {"url": ValidationError(_("Choose a page or write an address: exactly one of the two."))}
            )
        if value.get("url") and not value.get("text"):
            raise StructBlockValidationError({"text": ValidationError(_("Write the words of the link."))})
        return value
