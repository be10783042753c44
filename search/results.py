from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.functional import cached_property

from foundation_site.core.languages import in_language, languages
from foundation_site.core.languages import language as language_info
from foundation_site.core.pages import page_types
from foundation_site.core.text_search import SearchEntry, clean_query, ranked, scored

from .promotions import promoted

PAGE_SIZE = 10
SUGGESTIONS = 6


def kinds() -> dict[str, Any]:
    """Key and name of every kind of page. A page type announces itself: this module knows none of them."""
    found: dict[str, Any] = {}
    for model in page_types():
        found.setdefault(model.search_kind, model.kind_label)
    return found


class Results:
    """What was found in a language, best first, with how many of each kind; at most eight queries, however much there is.

    Where no page holds every word, pages that hold some of them are shown and `every` is False. Where there are
    none at all, `elsewhere` says in which other languages there would be.
    """

    def __init__(self, params: QueryDict, *, language: str, path: str):
        self.path = path
        self.language = language
        self.query = clean_query(params.get("q", ""))
        known = kinds()
        self.kind = params.get("kind", "") if params.get("kind", "") in known else ""
        self.every = True
        self.kinds: list[dict[str, Any]] = []
        self.total = 0
        rows = ranked(self.query, language)
        if self.query:
            self._count(rows, known)
            if not self.total:
                self.every = False
                rows = ranked(self.query, language, every=False)
                self._count(rows, known)
        if self.kind:
            rows = rows.filter(entry__kind=self.kind)
        self.page = Paginator(rows.values_list("entry", flat=True), PAGE_SIZE).get_page(params.get("page"))
        self.count = self.page.paginator.count
        self.entries = self._entries(list(self.page.object_list), known)
        self.first = bool(self.query) and self.page.number == 1 and not self.kind
        self.promoted = promoted(self.query, language) if self.first else []

    def _count(self, rows: Any, known: dict[str, Any]) -> None:
        """How many of each kind, in one query."""
        counted = dict(
            SearchEntry.objects.filter(pk__in=rows.values("entry"))
            .values_list("kind")
            .annotate(Count("pk"))
            .order_by("kind")
        )
        self.total = sum(counted.values())
        self.kinds = [
            {
                "value": kind,
                "label": label,
                "count": counted[kind],
                "selected": kind == self.kind,
                "url": self.url(kind=kind),
            }
            for kind, label in known.items()
            if kind in counted
        ]

    def _entries(self, ids: list[int], known: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "title": entry.title,
                "url": entry.url,
                "text": entry.summary,
                "kind": entry.kind,
                "kind_label": known.get(entry.kind, ""),
                "lang": entry.language,
                "dir": language_info(entry.language).dir,
            }
            for entry in in_order(ids)
        ]

    @cached_property
    def elsewhere(self) -> list[dict[str, Any]]:
        """Languages in which the same words are found, in one query. Asked only where nothing was found."""
        if not self.query or self.total:
            return []
        others = [language.code for language in languages() if language.code != self.language]
        holding = Q()
        for code in others:
            holding |= Q(language=code, pk__in=scored(self.query, code).values("entry"))
        counted = dict(
            SearchEntry.objects.filter(holding).values_list("language").annotate(Count("pk")).order_by("language")
        )
        params = QueryDict(mutable=True)
        params["q"] = self.query
        return [
            {
                "code": code,
                "name": language_info(code).name,
                "dir": language_info(code).dir,
                "count": counted[code],
                "url": f"{in_language(self.path, code)}?{params.urlencode()}",
            }
            for code in others
            if code in counted
        ]

    def url(self, *, kind: str | None = None, page: int = 1) -> str:
        params = QueryDict(mutable=True)
        params["q"] = self.query
        if self.kind if kind is None else kind:
            params["kind"] = self.kind if kind is None else kind
        if page > 1:
            params["page"] = str(page)
        return f"{self.path}?{params.urlencode()}"

    @property
    def all_kinds_url(self) -> str:
        return self.url(kind="")

    @property
    def previous_url(self) -> str:
        return self.url(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def pages(self) -> list[dict[str, Any]]:
        paginator = self.page.paginator
        if paginator.num_pages == 1:
            return []
        return [
            {"number": number, "url": self.url(page=number), "current": number == self.page.number}
            if isinstance(number, int)
            else {"number": None, "url": "", "current": False}
            for number in paginator.get_elided_page_range(self.page.number, on_each_side=1, on_ends=1)
        ]


def in_order(ids: list[int]) -> list[SearchEntry]:
    """The entries with these keys, in one query."""
    found = SearchEntry.objects.select_related("page").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def suggestions(query: str, language: str) -> list[dict[str, str]]:
    """Titles and addresses of what fits best so far. Two queries."""
    if len(query) < 2:
        return []
    ids = ranked(query, language).values_list("entry", flat=True)[:SUGGESTIONS]
    known = kinds()
    return [
        {"title": entry.title, "url": entry.url, "kind": str(known.get(entry.kind, ""))}
        for entry in in_order(list(ids))
    ]
