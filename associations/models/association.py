from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage


class AssociationIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["associations.AssociationPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("associations: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")


class AssociationPage(BasePage):
    """A member association presents itself; that it is a member, and since when, is in the register."""

    search_kind = "association"
    kind_label = _("Association")
    speaks_of = ("image", "association")
    parent_page_types = ["associations.AssociationIndexPage"]
    subpage_types: list[str] = []

    association = models.ForeignKey(
        "membership.Association", verbose_name=_("association"), on_delete=models.PROTECT, related_name="+"
    )

    facts_panels = [FieldPanel("association")]

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
