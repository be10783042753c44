from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .finder import PAGE_SIZE, Facet, Finder
from .gather import for_cards
from .pages import BasePage
from .taxonomy import Topic

TOPIC_FACET = Facet("topic", _("Topic"), "topics__slug", Topic.names)


class IndexPage(BasePage):
    """A page that lists the pages of one type below it, with a finder. A type says which pages, which facets, which order."""

    search_kind = "section"
    kind_label = _("Section")
    facets: ClassVar[tuple[Facet, ...]] = ()
    page_size: ClassVar[int] = PAGE_SIZE

    class Meta:
        abstract = True

    def listed(self) -> QuerySet:
        """The published pages below this one, ready for cards."""
        return for_cards(self.allowed_subpage_models()[0]._default_manager.child_of(self))

    def dressed(self, pages: Iterable[Any]) -> list[Any]:
        """The pages with what only cards in this list show, in a fixed number of queries."""
        return list(pages)

    def get_context(
        self, request: HttpRequest, *args: Any, cards: Iterable[BasePage] | None = None, **kwargs: Any
    ) -> dict[str, Any]:
        """`cards`: the pages on cards, where they are not the rows of the list."""
        finder = Finder(
            self.listed(),
            request.GET,
            facets=self.facets,
            language=self.locale.language_code,
            path=request.path,
            page_size=self.page_size,
        )
        finder.page.object_list = rows = self.dressed(finder.page.object_list)
        context = super().get_context(request, *args, cards=rows if cards is None else cards, **kwargs)
        return {**context, "finder": finder}
