from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from associations.places.countries import sorted_by_name
from associations.places.models import City, CityName
from foundation_site.core.finder import Facet, YearsFacet
from foundation_site.core.index_pages import TOPIC_FACET, IndexPage
from foundation_site.core.pages import BasePage, TopicsMixin
from foundation_site.core.related import LeadsOn


class GoodPracticeIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.GoodPracticePage"]
    max_count_per_parent = 1
    facets = (
        TOPIC_FACET,
        Facet("country", _("Country"), "cities__city__country", sorted_by_name),
        YearsFacet("year", _("Year"), start="start_year", end="end_year", ongoing="ongoing"),
    )

    class Meta:
        verbose_name = _("good practices: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("-start_year", "title")


class GoodPracticePage(TopicsMixin, LeadsOn):
    """What a city did and what others can learn from it, told in our own words, with its source."""

    search_kind = "good_practice"
    kind_label = _("Good practice")
    newest = ("-start_year",)
    tells_of = "cities__city"
    speaks_of = ("grant__programme",)
    parent_page_types = ["projects.GoodPracticeIndexPage"]
    subpage_types: list[str] = []

    start_year = models.PositiveSmallIntegerField(_("first year"))
    end_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    ongoing = models.BooleanField(
        _("still going on"), default=False, help_text=_("It is then found under every later year too.")
    )
    date_text = models.CharField(
        _("date in words"),
        max_length=60,
        blank=True,
        help_text=_("As readers see it, for instance “since 2016”. Empty: the years."),
    )
    grant = models.ForeignKey(
        "funding.Grant",
        verbose_name=_("within the funded project"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    source_title = models.CharField(_("source"), max_length=200, blank=True, help_text=_("Who first told it."))
    source_url = models.URLField(_("address of the source"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("date_text")]
    facts_panels = [
        InlinePanel("cities", heading=_("Cities"), label=_("City"), min_num=1),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("start_year"), FieldPanel("end_year")]), FieldPanel("ongoing")], _("Years")
        ),
        FieldPanel("topics"),
        FieldPanel("grant"),
        FieldPanel("source_title"),
        FieldPanel("source_url"),
    ]

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")

    def clean(self) -> None:
        super().clean()
        if self.end_year and self.start_year and self.end_year < self.start_year:
            raise ValidationError({"end_year": _("The last year is before the first one.")})
        if self.end_year and self.ongoing:
            raise ValidationError(
                {"ongoing": _("It cannot have ended and still go on: empty the last year or this box.")}
            )

    @property
    def years(self) -> str:
        if self.date_text:
            return self.date_text
        if self.end_year and self.end_year != self.start_year:
            return f"{self.start_year}–{self.end_year}"
        return f"{self.start_year}–" if self.ongoing else str(self.start_year)

    @cached_property
    def card_facts(self) -> list[str]:
        return [row.city.name_here for row in self.cities.all()]

    @classmethod
    def card_rows(cls, pages: QuerySet) -> QuerySet:
        names = CityName.objects.filter(city=OuterRef("cities__city"), language=get_language(), alias=False)
        name = Coalesce(Subquery(names.values("text")[:1]), "cities__city__name")
        return pages.filter(cities__isnull=False).values_list("pk", "cities__sort_order", name)

    @property
    def card_meta(self) -> list[str]:
        return [*self.card_facts, self.years]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        if self.pk:  # what is previewed before it is saved has its cities with it
            with_cities = Prefetch("cities", GoodPracticeCity.objects.select_related("city"))
            prefetch_related_objects([self], with_cities, "cities__city__names")
        return super().get_context(request, *args, **kwargs)


class GoodPracticeCity(Orderable):
    """A city that the practice is about; there can be several."""

    page = ParentalKey(GoodPracticePage, related_name="cities", on_delete=models.CASCADE)
    city = models.ForeignKey(City, verbose_name=_("city"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("city")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "city"], name="city_once_per_practice")]
