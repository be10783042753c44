from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, StructValue
from wagtail.models import Locale, Page

from ..at_hand import PageChooserBlock
from ..gather import chosen_pages, with_facts, with_pictures


class PagesValue(StructValue):
    def in_reader_language(self) -> list:
        """The chosen pages that everybody may read, in the reader's language where they are published there.

        Only in a body that was read with its pages at hand, as that of every page that is shown.
        """
        shown = [page.localized for page in self["pages"] if page]
        return [page for page in shown if page.live and page.for_everybody]


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
        own = Locale.get_default()
        newest = Page.objects.live().filter(depth__gt=2, locale=own).order_by("-last_published_at")
        pages = list(chosen_pages(newest.values_list("pk", flat=True)[:2], [own.language_code]).values())
        with_pictures(pages)
        with_facts(pages)
        return self.normalize({"title": _("Read more"), "pages": pages})
