from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage


class CourseIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.CoursePage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("courses: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")


class CoursePage(BasePage):
    """A course told to readers. Places, dates and who asked for them are in the register, once for all languages."""

    search_kind = "course"
    kind_label = _("Course")
    speaks_of = ("image", "course")
    parent_page_types = ["projects.CourseIndexPage"]
    subpage_types: list[str] = []

    course = models.ForeignKey(
        "enrolment.Course", verbose_name=_("course"), on_delete=models.PROTECT, related_name="+",
        help_text=_("Its editions, places and enrolments are kept there."),
    )  # fmt: skip

    facts_panels = [FieldPanel("course")]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["editions"] = []
        return context
