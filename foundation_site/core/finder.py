"""The one way to list pages with filters: a form for the address, choices with counts, chips, pages. Works without JavaScript."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import CharField, Count, Expression, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from .text_search import clean_query, matching

PAGE_SIZE = 12
WHOLE = ""  # where a facet has its name


class Facet:
    """One thing to filter by. `field` is the path from the page to the value; `labels` names the values in the reader's language."""

    def __init__(self, name: str, label: Any, field: str, labels: Callable[[], Mapping[str, str]]):
        self.name = name
        self.label = label
        self.field = field
        self.labels = labels

    def narrow(self, pages: QuerySet, values: list[str]) -> QuerySet:
        """Pages that have any of the values. A subquery: a join would list a page once per value."""
        having = pages.model._default_manager.filter(**{f"{self.field}__in": values}).order_by().values("pk")
        return pages.filter(pk__in=having)

    def counts(self, pages: QuerySet) -> QuerySet:
        """Rows (name of the facet, value, number of pages)."""
        having = pages.exclude(**{f"{self.field}__isnull": True})
        return numbers(having, self.name, Cast(self.field, CharField()))


def numbers(pages: QuerySet, name: str, value: Expression) -> QuerySet:
    """Rows (name, value, number of pages with it)."""
    return (
        pages.order_by()
        .annotate(facet_value=value)
        .values("facet_value")
        .annotate(facet_count=Count("pk", distinct=True))
        .values_list(Value(name, output_field=CharField()), "facet_value", "facet_count")
    )


class YearsFacet(Facet):
    """The years in which something held: from its first year to its last, or to this year while it goes on."""

    def __init__(self, name: str, label: Any, *, start: str, end: str, ongoing: str):
        super().__init__(name, label, start, self.years)
        self.start, self.end, self.ongoing = start, end, ongoing

    @staticmethod
    def years() -> dict[str, str]:
        return {str(year): str(year) for year in range(timezone.localdate().year, 1989, -1)}

    def narrow(self, pages: QuerySet, values: list[str]) -> QuerySet:
        held = Q()
        for year in values:
            held |= Q(**{f"{self.start}__lte": year}) & (
                Q(**{f"{self.end}__gte": year}) | Q(**{self.ongoing: True}) | Q(**{self.start: year})
            )
        return pages.filter(held)

    def tally(self, pages: QuerySet) -> Iterator[tuple[str, int]]:
        """Counted from the distinct periods, of which there are few however many pages there are."""
        this_year = timezone.localdate().year
        counts: Counter[int] = Counter()
        for start, end, ongoing, number in (
            pages.order_by().values_list(self.start, self.end, self.ongoing).annotate(Count("pk"))
        ):
            last = this_year if ongoing else end or start
            for year in range(start, last + 1):
                counts[year] += number
        for year, number in counts.items():
            yield str(year), number


class Finder:
    """A list of pages as the reader has narrowed it down; two queries, a third for years, however many pages there are.

    Counts beside a choice say how many pages it would show together with the other filters; choices without
    any published page are not offered. Values that nobody knows are ignored, not answered with an error.
    `language` is that of the pages, where it is not the reader's.
    """

    def __init__(
        self,
        pages: QuerySet,
        params: QueryDict,
        *,
        facets: Iterable[Facet] = (),
        language: str = "",
        path: str = "",
        page_size: int = PAGE_SIZE,
    ):
        self.path = path
        self.query = clean_query(params.get("q", ""))
        self.definitions = list(facets)
        self.labels = {facet.name: dict(facet.labels()) for facet in self.definitions}
        self.selected = {
            facet.name: [
                value for value in dict.fromkeys(params.getlist(facet.name)) if value in self.labels[facet.name]
            ]
            for facet in self.definitions
        }
        self.everything = (
            matching(pages, self.query, language or get_language() or settings.LANGUAGE_CODE) if self.query else pages
        )
        self.results = self.narrowed()
        self.counted = self.counts()
        self.count = self.counted[WHOLE].get("", 0)
        paginator = Paginator(self.results, page_size)
        paginator.count = self.count
        self.page: PageOfResults = paginator.get_page(params.get("page"))

    def narrowed(self, *, but: str | None = None) -> QuerySet:
        pages = self.everything
        for facet in self.definitions:
            if self.selected[facet.name] and facet.name != but:
                pages = facet.narrow(pages, self.selected[facet.name])
        return pages

    @property
    def facets(self) -> list[dict[str, Any]]:
        """Each facet with its choices, in the order of its labels."""
        return [
            {
                "name": facet.name,
                "label": facet.label,
                "choices": [
                    {
                        "value": value,
                        "label": label,
                        "count": self.counted[facet.name].get(value, 0),
                        "selected": value in self.selected[facet.name],
                    }
                    for value, label in self.labels[facet.name].items()
                    if self.counted[facet.name].get(value) or value in self.selected[facet.name]
                ],
            }
            for facet in self.definitions
        ]

    def counts(self) -> dict[str, dict[str, int]]:
        """By facet and value how many pages there are; and how many on the whole."""
        counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
        parts = []
        for facet in self.definitions:
            pages = self.narrowed(but=facet.name)
            if isinstance(facet, YearsFacet):
                counted[facet.name] = dict(facet.tally(pages))
            else:
                parts.append(facet.counts(pages))
        whole = numbers(self.results, WHOLE, Value("", output_field=CharField()))
        for name, value, count in whole.union(*parts, all=True):
            counted[name][value] = count
        return counted

    @property
    def chips(self) -> list[dict[str, str]]:
        """What is chosen, each with the address that takes it back."""
        chips = []
        if self.query:
            chips.append({"label": f"“{self.query}”", "remove_url": self.url(query="")})
        for name, values in self.selected.items():
            for value in values:
                chips.append({"label": self.labels[name][value], "remove_url": self.url(without=(name, value))})
        return chips

    @property
    def reset_url(self) -> str:
        return self.path or "?"

    @property
    def pages(self) -> list[dict[str, Any]]:
        """Links to pages of results; `number` None marks a gap."""
        paginator = self.page.paginator
        if paginator.num_pages == 1:
            return []
        return [
            {"number": number, "url": self.url(page=number), "current": number == self.page.number}
            if isinstance(number, int)
            else {"number": None, "url": "", "current": False}
            for number in paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        ]

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    def url(self, *, page: int = 1, query: str | None = None, without: tuple[str, str] | None = None) -> str:
        """The address of this list, changed in one thing."""
        params = QueryDict(mutable=True)
        words = self.query if query is None else query
        if words:
            params["q"] = words
        for name, values in self.selected.items():
            params.setlist(name, [value for value in values if (name, value) != without])
        if page > 1:
            params["page"] = str(page)
        encoded = params.urlencode()
        return f"{self.path}?{encoded}" if encoded else self.reset_url
