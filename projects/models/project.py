from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.functions import NullIf
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.index_pages import TOPIC_FACET, IndexPage
from foundation_site.core.pages import TopicsMixin
from foundation_site.core.related import LeadsOn

# The latest to start on top; then those of which nobody knows when, or that have no grant.
LATEST_GRANT = NullIf("grant__start", Value("")).desc(nulls_last=True)


class ProjectIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.ProjectPage"]
    max_count_per_parent = 1
    facets = (TOPIC_FACET,)

    class Meta:
        verbose_name = _("projects: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by(LATEST_GRANT, "title")


class ProjectPage(TopicsMixin, LeadsOn):
    """Something the foundation does over time; where it is funded, the facts come from its grant."""

    search_kind = "project"
    kind_label = _("Project")
    newest = (LATEST_GRANT,)
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
