from typing import Any

from django.db import models
from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from associations.membership.enums import FieldOfWork
from associations.membership.queries import PUBLIC_ROWS, member_count, members_on
from associations.places.countries import country_name, sorted_by_name
from foundation_site.core.finder import Facet
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage


class AssociationIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["associations.AssociationPage"]
    max_count_per_parent = 1
    facets = (
        Facet("country", _("Country"), "association__communities__country", sorted_by_name),
        Facet("field", _("Field of work"), "association__fields__field", lambda: dict(FieldOfWork.choices)),
    )

    class Meta:
        verbose_name = _("associations: list")

    def listed(self) -> QuerySet:
        """Members of today: the page of one that has left stays, but not here."""
        return super().listed().filter(association__in=members_on(timezone.localdate())).order_by("title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return {**super().get_context(request, *args, **kwargs), "today": today, "member_count": member_count(today)}


class AssociationPage(BasePage):
    """A member association presents itself; that it is a member, and since when, is in the register."""

    search_kind = "association"
    kind_label = _("Association")
    speaks_of = ("association",)
    stands_for = "association"
    parent_page_types = ["associations.AssociationIndexPage"]
    subpage_types: list[str] = []

    association = models.ForeignKey(
        "membership.Association", verbose_name=_("association"), on_delete=models.PROTECT, related_name="+"
    )

    facts_panels = [FieldPanel("association")]

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")

    def searchable_text(self) -> list[str]:
        association = self.association
        names = [association.name, association.short_name, association.name_own]
        return [*super().searchable_text(), *names, *association.community_names, *association.field_names]

    @cached_property
    def card_facts(self) -> list[str]:
        return [row.country for row in self.association.communities.all()]

    @classmethod
    def card_rows(cls, pages: QuerySet) -> QuerySet:
        communities = pages.filter(association__communities__isnull=False)
        return communities.values_list("pk", "association__communities__pk", "association__communities__country")

    @property
    def card_meta(self) -> list[str]:
        return sorted(country_name(code) for code in self.card_facts)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.association], *PUBLIC_ROWS)
        return super().get_context(request, *args, **kwargs)
