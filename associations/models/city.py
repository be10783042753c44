from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from associations.places.countries import country_name, sort_key, sorted_by_name
from associations.places.enums import PlaceKind
from associations.places.models import City, NetworkMembership
from foundation_site.core.finder import Facet
from foundation_site.core.gather import for_cards
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.languages import in_language, languages
from foundation_site.core.pages import BasePage
from foundation_site.core.related import telling_of
from foundation_site.core.text_index import Findable, announces, named
from foundation_site.core.text_search import SearchEntry

# What the facts of a city are read from.
WITH_FACTS = ("names", Prefetch("memberships", NetworkMembership.objects.select_related("network")))


class CityIndexPage(RoutablePageMixin, IndexPage):
    """All cities of the register, by country; each has an address here, also without a page of its own."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["associations.CityPage"]
    max_count_per_parent = 1
    facets = (
        Facet("country", _("Country"), "country", sorted_by_name),
        Facet("kind", _("Kind"), "kind", lambda: dict(PlaceKind.choices)),
    )
    page_size = 1000  # all of them: they stand under their countries

    class Meta:
        verbose_name = _("cities: list")

    @path("")
    def all_cities(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path("<slug:slug>/")
    def city(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A city without a page: what the register knows of it."""
        city = City.objects.filter(slug=slug).prefetch_related(*WITH_FACTS).first()
        if city is None:
            raise Http404
        self.published_languages = {language.code for language in languages()}  # a record is in every language
        practices = telling_of(city, get_language() or settings.LANGUAGE_CODE)
        context = {
            **BasePage.get_context(self, request, cards=practices),  # without the finder: it is not on this page
            "city": city,
            "practices": practices,
            "breadcrumbs": [*self.breadcrumbs, {"title": self.title, "url": self.relative_path}],
            "canonical_url": request.build_absolute_uri(request.path),
            "alternates": [
                {"code": language.code, "url": request.build_absolute_uri(in_language(request.path, language.code))}
                for language in languages()
            ],
        }
        return TemplateResponse(request, "associations/city_record.html", context)

    def listed(self) -> QuerySet:
        return City.objects.prefetch_related("names")

    def dressed(self, cities: Iterable[City]) -> list[dict[str, Any]]:
        return by_country(cities)

    def get_route_paths(self) -> list[str]:
        """For redirects: the cities without a page stand below this address, and move with it."""
        return [*super().get_route_paths(), *(f"/{slug}/" for slug in City.objects.values_list("slug", flat=True))]

    def told(self) -> list[Any]:
        """The cities that have a page."""
        return list(for_cards(CityPage.objects.child_of(self)).order_by("title"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        told = self.told()
        context = super().get_context(request, *args, cards=told, **kwargs)
        return {**context, "told": [] if context["finder"].chips else told}


class CityPage(BasePage):
    """A city of which an editor has something to say."""

    search_kind = "city"
    kind_label = _("City")
    speaks_of = ("city",)
    stands_for = "city"
    parent_page_types = ["associations.CityIndexPage"]
    subpage_types: list[str] = []

    city = models.ForeignKey("places.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+")

    facts_panels = [FieldPanel("city")]

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def searchable_text(self) -> list[str]:
        return [*super().searchable_text(), self.city.name, *(name.text for name in self.city.names.all())]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.city], *WITH_FACTS)
        practices = telling_of(self.city, self.locale.language_code)
        return {**super().get_context(request, *args, cards=practices, **kwargs), "practices": practices}


def by_country(cities: Iterable[City]) -> list[dict[str, Any]]:
    """The cities under their countries, both in the reader's language and its alphabet."""
    language = get_language() or "it"
    named_here = [
        {"slug": city.slug, "name": city.name_in(language), "country": country_name(city.country, language)}
        for city in cities
    ]
    named_here.sort(key=lambda city: (sort_key(city["country"]), sort_key(city["name"])))
    return [
        {"country": country, "cities": list(group)}
        for country, group in groupby(named_here, key=lambda city: city["country"])
    ]


@announces(City)
def found_in_the_list(cities: QuerySet[City]) -> Iterator[Findable]:
    """A city is read below the list of cities, in every language: where the list is not translated, another stands in."""
    lists = {
        page.locale.language_code: page
        for page in CityIndexPage.objects.live().filter(alias_of=None).select_related("locale").order_by("path")
    }
    if not lists:
        return
    source = lists.get(settings.LANGUAGE_CODE) or next(iter(lists.values()))
    for city in cities.prefetch_related("names"):
        for code, _name in settings.LANGUAGES:
            with override(code):
                found = findable(city, code, lists.get(code, source))
            yield found


def findable(city: City, language: str, shown_on: CityIndexPage) -> Findable:
    """The city by its name in a language, found by all the names that it has in any."""
    title = city.name_in(language)
    facts = [
        city.name if city.name != title else "",
        city.get_kind_display() if city.kind != PlaceKind.CITY else "",
        city.country_name,
    ]
    entry = SearchEntry(
        page=shown_on,
        path=f"{city.slug}/",
        **named(city),
        language=language,
        kind=CityPage.search_kind,
        title=title,
        summary=" · ".join(filter(None, facts)),
    )
    return Findable(entry, names=[city.name, *(name.text for name in city.names.all())])
