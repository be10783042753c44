from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.finder import Facet
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage
from projects.enrolment.enums import CourseKind, Level, Standing
from projects.enrolment.queries import editions_for_course, rank, standings_of_courses


class CourseIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.CoursePage"]
    max_count_per_parent = 1
    facets = (
        Facet("kind", _("Kind"), "course__kind", lambda: dict(CourseKind.choices)),
        Facet("level", _("Level"), "course__level", lambda: dict(Level.choices)),
    )

    class Meta:
        verbose_name = _("courses: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")

    def dressed(self, pages: Iterable[Any]) -> list[Any]:
        return with_standings(pages)


class CoursePage(BasePage):
    """A course told to readers. Places, dates and who asked for them are in the register, once for all languages."""

    search_kind = "course"
    kind_label = _("Course")
    speaks_of = ("course",)
    stands_for = "course"
    parent_page_types = ["projects.CourseIndexPage"]
    subpage_types: list[str] = []
    standing: Standing | None = None

    course = models.ForeignKey(
        "enrolment.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="+",
        help_text=_("Its editions, places and enrolments are kept there."),
    )  # fmt: skip

    facts_panels = [FieldPanel("course")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def searchable_text(self) -> list[str]:
        return [*super().searchable_text(), self.course.language_name]

    @property
    def card_meta(self) -> list[str]:
        return [self.course.language_name, self.course.get_level_display()] if self.course.language else []

    @property
    def card(self) -> dict[str, Any]:
        return {
            **super().card,
            "state": {"tone": self.standing.value, "label": self.standing.label} if self.standing else None,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["editions"] = editions_for_course(self.course, now=timezone.now())
        return context


def joinable(pages: Iterable[Any]) -> list[Any]:
    """Those of these pages in whose course one can take part now or soon, the best chance first."""
    ahead = [page for page in with_standings(pages) if page.standing in Standing.AHEAD]
    return sorted(ahead, key=lambda page: rank(page.standing))


def with_standings(pages: Iterable[Any]) -> list[Any]:
    """The same pages, each knowing how its course stands: the best of its editions for who would like to enrol."""
    pages = list(pages)
    standings = standings_of_courses({page.course_id for page in pages}, now=timezone.now())
    for page in pages:
        page.standing = standings.get(page.course_id)
    return pages
