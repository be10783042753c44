from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .finder import PAGE_SIZE, Facet, Finder
from .pages import BasePage, with_pictures
from .privacy import public
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
        model = self.allowed_subpage_models()[0]
        pages = public(model._default_manager.child_of(self).live())
        return pages.select_related("locale", *model.speaks_of).prefetch_related(*model.card_relations())

    def dressed(self, pages: Iterable[Any]) -> list[Any]:
        """The pages with whatever their cards show beside their own fields, in a fixed number of queries."""
        return with_pictures(pages)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = self.locale.language_code
        finder = Finder(
            self.listed(),
            request.GET,
            facets=self.facets,
            language=language,
            path=request.path,
            page_size=self.page_size,
        )
        finder.page.object_list = self.dressed(finder.page.object_list)
        context["finder"] = finder
        return context
