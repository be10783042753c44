"""From an address to a page, in one query for the whole path; and to the best other language where a translation is missing."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Q, Subquery
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from .languages import read_languages

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


def find_page(request: HttpRequest, path: str) -> RouteResult | None:
    """What answers to this path: in the reader's language, else in the best other one that has it.

    A page found in another language carries `shown_instead_of`, the language that was asked for.
    """
    components = [component for component in path.split("/") if component]
    trees = homes(request)
    asked = get_language()
    if asked in trees:
        result = find_in_tree(request, trees[asked], components)
        if result:
            return result
    for code in read_languages(request):
        if code != asked and code in trees:
            result = find_in_tree(request, trees[code], components)
            if result:
                result.page.shown_instead_of = asked
                return result
    return None


def find_in_tree(request: HttpRequest, home: Home, components: list[str]) -> RouteResult | None:
    """The page of this tree that answers, with its ancestors and its translations: one query for all of them, one for the page."""
    paths = [home.url_path]
    for component in components:
        paths.append(f"{paths[-1]}{component}/")
    key = Page.objects.filter(url_path=paths[-1]).values("translation_key")[:1]
    rows = (
        Page.objects.filter(Q(url_path__in=paths) | Q(translation_key=Subquery(key)))
        .select_related("locale", "alias_of")
        .order_by("-depth")
    )
    found = list(rows)
    way = [page for page in found if page.url_path in paths]
    if not way or speaks_another_language(way[0]):
        return None
    page = specific(way[0])
    rest = components[way[0].depth - way[-1].depth :]
    if rest and not hasattr(page, "get_subpage_urls"):
        return None  # only a page with addresses of its own below it (a finder's record, say) goes further
    try:
        result = page.route(request, rest)
    except Http404:
        return None
    if result:
        result.page.ancestors = way[:0:-1]
        if not rest:
            result.page.published_languages = {
                row.locale.language_code
                for row in found
                if row.translation_key == page.translation_key and row.live and row.alias_of_id is None
            }
    return result


def speaks_another_language(page: Page) -> bool:
    """Whether the page only repeats one of another language: then the reader is shown that one, with a notice."""
    return page.alias_of is not None and page.alias_of.locale_id != page.locale_id


def specific(page: Page) -> Page:
    """The page with all its own fields and the records that it speaks of, in one query."""
    model = page.specific_class
    if model is None or model is type(page):
        return page
    return model._default_manager.select_related("locale", *getattr(model, "speaks_of", ())).get(pk=page.pk)
