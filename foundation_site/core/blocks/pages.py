from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, PageChooserBlock, StructBlock, StructValue
from wagtail.models import Locale, Page


class PagesValue(StructValue):
    def in_reader_language(self) -> list:
        """The chosen pages in the reader's language where they are published there, as they are elsewhere."""
        # Imported here: pages.py of core is built on these blocks.
        from ..pages import localized_cards

        return localized_cards([page.pk for page in self["pages"] if page])


class PagesBlock(StructBlock):
    title = CharBlock(label=_("Title"), max_length=120)
    pages = ListBlock(PageChooserBlock(), label=_("Pages"))

    class Meta:
        icon = "doc-empty"
        label = _("Pages of this site")
        description = _("Cards that lead to other pages, in the reader's language.")
        template = "blocks/pages.html"
        value_class = PagesValue

    def get_preview_value(self) -> Any:
        newest = Page.objects.live().filter(depth__gt=2, locale=Locale.get_default()).order_by("-last_published_at")[:2]
        return self.normalize({"title": _("Read more"), "pages": list(newest)})
