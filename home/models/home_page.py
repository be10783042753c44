from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from foundation_site.core.pages import BasePage, with_pictures
from foundation_site.core.privacy import public
from projects.enrolment.enums import Standing
from projects.models import CoursePage, EventPage, with_days, with_standings

from .news import NewsPage


class HomePage(BasePage):
    """The front door: what most people come for, then what is new."""

    search_kind = "home"
    kind_label = _("Front page")
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.StandardPage", "home.NewsIndexPage", "projects.ProjectIndexPage", "projects.AgreementIndexPage",
        "projects.EventIndexPage", "projects.CourseIndexPage", "projects.GoodPracticeIndexPage",
        "associations.AssociationIndexPage", "associations.CityIndexPage",
    ]  # fmt: skip

    hero_title = models.CharField(_("title of the opening"), max_length=100)
    hero_text = models.TextField(_("text of the opening"), max_length=300, blank=True)

    content_panels = [
        *BasePage.content_panels[:1],
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], _("Opening")),
        *BasePage.content_panels[1:],
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context.update(
            latest_news=self.newest(NewsPage.objects.order_by("-date", "title")),
            next_events=self.newest(
                with_days(EventPage.objects).filter(next_day__isnull=False).order_by("next_day", "title"), "edition"
            ),
            open_courses=[
                page
                for page in with_standings(self.newest(CoursePage.objects.order_by("title"), "course"))
                if page.standing != Standing.FINISHED
            ],
        )
        with_pictures([*context["latest_news"], *context["next_events"], *context["open_courses"]])
        return context

    def newest(self, pages: QuerySet, *records: str) -> list[Any]:
        """Three published pages of this language."""
        shown = public(pages.live().filter(locale=self.locale_id))
        return list(shown.select_related("locale", *records)[:3])
