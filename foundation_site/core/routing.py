"""From an address to a page, in one query for the whole path; from an old address to the new one; and to the best other
language where a translation is missing."""

from dataclasses import dataclass
from itertools import accumulate

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .gather import LANGUAGE_ROWS
from .languages import in_language, read_languages
from .privacy import restricted

HOMES_KEY = "core.routing.homes"
HOMES_SECONDS = 3600


@dataclass(frozen=True)
class Home:
    """Where the tree of a language starts."""

    site_id: int
    page_id: int
    url_path: str


def homes(request: HttpRequest) -> dict[str, Home]:
    """The home page of each language, the source first. Cached: these change only when a site or a language does."""
    found = cache.get(HOMES_KEY)
    if found is None:
        site = Site.find_for_request(request)
        rows = (
            Page.objects.filter(translation_key=site.root_page.translation_key, alias_of=None).values_list(
                "locale__language_code", "pk", "url_path"
            )
            if site
            else ()
        )
        found = {code: Home(site.pk, pk, url_path) for code, pk, url_path in rows}
        cache.set(HOMES_KEY, found, HOMES_SECONDS)
    return found


@dataclass(frozen=True)
class Asked:
    """An address, and the pages on the way to it in every language."""

    trees: dict[str, Home]
    components: list[str]
    rows: list[Page]

    @property
    def still_holds(self) -> bool:
        """Whether the source of a page has this address now: then nothing has moved away from it."""
        source = self.trees.get(settings.LANGUAGE_CODE)
        path = steps(source, self.components)[-1] if source else ""
        return any(page.url_path == path and page.live for page in self.rows)


def look_up(request: HttpRequest, path: str) -> Asked:
    """In every language the page of this path with its ancestors, and all translations of it; one query."""
    trees, components = homes(request), [step for step in path.split("/") if step]
    ways = [steps(home, components) for home in trees.values()]
    keys = Page.objects.filter(url_path__in=[way[-1] for way in ways]).values("translation_key")
    rows = (
        Page.objects.filter(Q(url_path__in=[path for way in ways for path in way]) | Q(translation_key__in=keys))
        .select_related("locale", "alias_of")
        .annotate(behind_sign_in=restricted())
        .order_by("-depth")
    )
    return Asked(trees, components, list(rows))


def steps(home: Home, components: list[str]) -> list[str]:
    """The paths of the home page and of each page on the way down."""
    return list(accumulate((f"{component}/" for component in components), initial=home.url_path))


def find_page(request: HttpRequest, asked: Asked) -> RouteResult | None:
    """What answers in the reader's language."""
    code = get_language() or ""
    return find_in_tree(request, asked, code) if code in asked.trees else None


def find_stand_in(request: HttpRequest, asked: Asked) -> RouteResult | None:
    """What answers in the best other language that has it. It carries `shown_instead_of`, the language that was asked for."""
    own = get_language()
    for code in read_languages(request):
        if code != own and code in asked.trees:
            result = find_in_tree(request, asked, code, instead_of=own)
            if result:
                return result
    return None


def find_new_address(request: HttpRequest) -> HttpResponse | None:
    """The way to where the page is now that had this address. Slugs are shared: what is an old address in one language is
    one in all, also where the page has no translation."""
    asked = get_language() or settings.LANGUAGE_CODE
    codes = {Redirect.normalise_path(in_language(request.path, code)): code for code, _name in settings.LANGUAGES}
    rows = Redirect.objects.filter(old_path__in=codes).select_related("redirect_page")
    known = {codes[row.old_path]: row for row in rows.order_by("-automatically_created")}  # an editor's own wins
    own = known.get(asked)
    row = own or next((row for row in known.values() if row.redirect_page), None)
    if row is None or not row.link:
        return None
    address = row.link if own else in_language(row.link, asked)
    return redirect(address, permanent=row.is_permanent) if address != request.path else None


def find_in_tree(request: HttpRequest, asked: Asked, code: str, *, instead_of: str | None = None) -> RouteResult | None:
    """The page of this language's tree that answers, with its ancestors and its translations; one query for the page itself.

    A draft answers to nothing: whatever stands above it may know the address (a record, say).
    """
    paths = steps(asked.trees[code], asked.components)
    way = [page for page in asked.rows if page.url_path in paths and page.live]
    if not way or speaks_another_language(way[0]):
        return None
    rest = asked.components[paths.index(way[0].url_path) :]
    if instead_of and not rest and withdrawn(way[0], asked.rows):
        return None
    if rest and not hasattr(way[0].specific_class, "get_subpage_urls"):
        return None  # only a page with addresses of its own below it (a finder's record, say) goes further
    page = specific(way[0])
    try:
        result = page.route(request, rest)
    except Http404:
        return None
    if result:
        result.page.shown_instead_of = instead_of
        result.page.ancestors = way[:0:-1]
        # Of an alias Wagtail asks whether its original is restricted.
        result.page.for_everybody = not way[0].behind_sign_in and all(page.alias_of is None for page in way)
        result.page.published_languages = {
            row.locale.language_code
            for row in asked.rows
            if row.translation_key == page.translation_key and row.live and row.alias_of_id is None
        }
    return result


def withdrawn(page: Page, found: list[Page]) -> bool:
    """Whether the source of the page is not published: then it is missing nowhere, and nothing stands in for it."""
    return any(
        row.translation_key == page.translation_key
        and row.locale.language_code == settings.LANGUAGE_CODE
        and not row.live
        for row in found
    )


def speaks_another_language(page: Page) -> bool:
    """Whether the page only repeats one of another language: then the reader is shown that one, with a notice."""
    return page.alias_of is not None and page.alias_of.locale_id != page.locale_id


def specific(page: Page) -> Page:
    """The page with all its own fields and the records that it speaks of, in one query."""
    model = page.specific_class
    if model is None or model is type(page):
        return page
    return model._default_manager.select_related(*LANGUAGE_ROWS, *getattr(model, "speaks_of", ())).get(pk=page.pk)
