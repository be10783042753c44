from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.finder import Facet
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage


class EventKind(models.TextChoices):
    DELEGATION_IN = "delegation_in", _("Delegation received")
    DELEGATION_OUT = "delegation_out", _("Mission abroad")
    STUDY_VISIT = "study_visit", _("Study visit")
    CONFERENCE = "conference", _("Conference")
    NETWORK_MEETING = "network_meeting", _("Network meeting")
    SIGNING = "signing", _("Signing ceremony")
    EXCHANGE = "exchange", _("Youth or school exchange")
    COMMUNITY_FEAST = "community_feast", _("Community celebration")
    FESTIVAL = "festival", _("Festival")
    TRAINING = "training", _("Training")
    ASSEMBLY = "assembly", _("Assembly of the associations")
    OBSERVANCE = "observance", _("Day of note")
    EXHIBITION = "exhibition", _("Exhibition")
    SERVICE = "service", _("Help desk")


class EventIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.EventPage"]
    max_count_per_parent = 1
    facets = (Facet("kind", _("Kind"), "kind", lambda: dict(EventKind.choices)),)

    class Meta:
        verbose_name = _("events: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")


class EventPage(BasePage):
    """Something to come to. When, where and how many may come is in the register: a change of hour is right in every language at once."""

    search_kind = "event"
    kind_label = _("Event")
    speaks_of = ("image", "edition")
    parent_page_types = ["projects.EventIndexPage"]
    subpage_types: list[str] = []

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    edition = models.ForeignKey(
        "enrolment.Edition", verbose_name=_("dates and places"), on_delete=models.PROTECT, related_name="+",
        help_text=_("When and where; and how to enrol, where places are few."),
    )  # fmt: skip

    facts_panels = [FieldPanel("kind"), FieldPanel("edition")]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
