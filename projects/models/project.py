from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.index_pages import TOPIC_FACET, IndexPage
from foundation_site.core.pages import TopicsMixin
from foundation_site.core.related import LeadsOn


class ProjectIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    facets = (TOPIC_FACET,)

    class Meta:
        verbose_name = _("projects: list")

    def listed(self) -> QuerySet:
        """The latest to start on top; then those of which nobody knows when, or that have no grant."""
        start = NullIf("grant__start", Value(""))
        return super().listed().order_by(start.desc(nulls_last=True), "title")


class ProjectPage(TopicsMixin, LeadsOn):
    """Something the foundation does over time; where it is funded, the facts come from its grant."""

    search_kind = "project"
    kind_label = _("Project")
    newest = ("-grant__start",)
    speaks_of = ("grant__programme",)
    parent_page_types = ["projects.ProjectIndexPage"]
    subpage_types: list[str] = []

    grant = models.ForeignKey(
        "funding.Grant", verbose_name=_("funded project"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Gives the page its partners, its period and the sentence that the funder asks for."),
    )  # fmt: skip

    facts_panels = [FieldPanel("grant"), FieldPanel("topics")]

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    @property
    def card_meta(self) -> list[str]:
        return [self.grant.programme.name] if self.grant and self.grant.programme else []
