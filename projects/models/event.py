import datetime
from typing import Any

from django.db import models
from django.db.models import F, Max, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.finder import Facet
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.related import LeadsOn
from projects.enrolment.enums import EditionStatus, Standing
from projects.enrolment.queries import edition_card


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
        """Those to come first, the nearest on top; then those past, the latest on top. None whose dates are a draft."""
        pages = super().listed().exclude(edition__status=EditionStatus.DRAFT)
        return with_days(pages).order_by(F("next_day").asc(nulls_last=True), "-last_day", "title")


class EventPage(LeadsOn):
    """Something to come to. When, where and how many may come is in the register: a change of hour is right in every language at once."""

    next_day: datetime.date | None = None
    last_day: datetime.date | None = None

    search_kind = "event"
    kind_label = _("Event")
    speaks_of = ("edition",)
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

    @property
    def card_meta(self) -> list[str]:
        return [self.get_kind_display()]

    @property
    def card(self) -> dict[str, Any]:
        cancelled = self.edition.status == EditionStatus.CANCELLED
        state = {"tone": Standing.CANCELLED.value, "label": Standing.CANCELLED.label} if cancelled else None
        return {**super().card, "date": self.next_day or self.last_day, "state": state}

    def nearest(self, pages: QuerySet) -> QuerySet:
        """Those to come, the first first."""
        announced = pages.filter(edition__status=EditionStatus.PUBLISHED)
        return with_days(announced).filter(next_day__isnull=False).order_by("next_day", "title")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if self.edition.status != EditionStatus.DRAFT:
            context["edition"] = edition_card(self.edition, now=timezone.now())
        return context


def with_days(pages: QuerySet) -> QuerySet:
    """Event pages with `next_day`, the first day to come, and `last_day`, the last of all; null where there is none."""
    held = Q(edition__meetings__cancelled=False)
    return pages.annotate(
        next_day=Min("edition__meetings__date", filter=held & Q(edition__meetings__date__gte=timezone.localdate())),
        last_day=Max("edition__meetings__date", filter=held),
    )
