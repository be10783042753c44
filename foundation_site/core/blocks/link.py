from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructValue, URLBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from ..at_hand import PageChooserBlock

# What people do on this site without a page of the tree; addresses by the name of their view.
SERVICES = [
    ("membership:start", _("Application of an association")),
    ("membership:link", _("Go on with an application")),
    ("enrolment:find", _("Find my enrolment")),
    ("enrolment:figures", _("Who asked and who found a place, in figures")),
    ("search:search", _("Search")),
]


class LinkValue(StructValue):
    """A link that knows its words and its address in the reader's language.

    Not `url`: templates look into the values first, and there `url` is what was written for an address elsewhere.
    """

    @property
    def href(self) -> str:
        if self.get("service"):
            return reverse(self["service"])
        page = self.get("page")
        return page.localized.url or "" if page else self.get("url") or ""

    @property
    def label(self) -> str:
        page = self.get("page")
        return self.get("text") or (page.localized.title if page else self.href)


class LinkBlock(StructBlock):
    """A page of the site, a service of it, or an address elsewhere: exactly one of the three."""

    text = CharBlock(
        label=_("Words of the link"), required=False, max_length=100, help_text=_("Empty: the title of the page.")
    )
    page = PageChooserBlock(label=_("Page"), required=False)
    service = ChoiceBlock(label=_("or service of this site"), choices=SERVICES, required=False)
    url = URLBlock(label=_("or address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if [bool(value.get(name)) for name in ("page", "service", "url")].count(True) != 1:
            raise StructBlockValidationError(
                {
                    "url": ValidationError(
                        _("Choose a page or a service, or write an address: exactly one of the three.")
                    )
                }
            )
        if not value.get("page") and not value.get("text"):
            raise StructBlockValidationError({"text": ValidationError(_("Write the words of the link."))})
        return value
