from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from associations.places.countries import country_name, sort_key
from associations.places.models import City
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.languages import in_language, languages
from foundation_site.core.pages import BasePage


class CityIndexPage(RoutablePageMixin, IndexPage):
    """All cities of the register, by country; each has an address here, also without a page of its own."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["associations.CityPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("cities: list")

    @path("")
    def all_cities(self, request: HttpRequest) -> HttpResponse:
        return self.render(request)

    @path("<slug:slug>/")
    def city(self, request: HttpRequest, slug: str) -> HttpResponse:
        """A city without a page: what the register knows of it."""
        city = City.objects.filter(slug=slug).prefetch_related("names", "memberships__network").first()
        if city is None:
            raise Http404
        context = {
            **BasePage.get_context(self, request),  # without the finder: it is not on this page
            "city": city,
            "breadcrumbs": [*self.breadcrumbs, {"title": self.title, "url": self.relative_path}],
            "canonical_url": request.build_absolute_uri(request.path),
            "alternates": [
                {"code": language.code, "url": request.build_absolute_uri(in_language(request.path, language.code))}
                for language in languages()
            ],
        }
        return TemplateResponse(request, "associations/city_record.html", context)

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["city_groups"] = city_groups()
        context["city_count"] = sum(len(group["cities"]) for group in context["city_groups"])
        return context


class CityPage(BasePage):
    """A city of which an editor has something to say."""

    search_kind = "city"
    kind_label = _("City")
    speaks_of = ("image", "city")
    parent_page_types = ["associations.CityIndexPage"]
    subpage_types: list[str] = []

    city = models.ForeignKey("places.City", verbose_name=_("city"), on_delete=models.PROTECT, related_name="+")

    facts_panels = [FieldPanel("city")]

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def searchable_text(self) -> list[str]:
        return [*super().searchable_text(), self.city.name, *(name.text for name in self.city.names.all())]


def city_groups() -> list[dict[str, Any]]:
    """The cities of the register by country, both in the reader's language and its alphabet. Two queries."""
    language = get_language() or "it"
    cities = [
        {
            "slug": city.slug,
            "name": city.name_in(language),
            "country": country_name(city.country, language),
            "own_name": city.name,
        }
        for city in City.objects.prefetch_related("names")
    ]
    cities.sort(key=lambda city: (sort_key(city["country"]), sort_key(city["name"])))
    return [
        {"country": country, "cities": list(group)}
        for country, group in groupby(cities, key=lambda city: city["country"])
    ]
