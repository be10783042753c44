from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from foundation_site.core.gather import for_cards
from foundation_site.core.pages import BasePage
from projects.enrolment.enums import EditionStatus
from projects.models import CoursePage, EventPage, joinable, with_days

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
        cards = {
            "latest_news": list(self.told(NewsPage).order_by("-date", "title")[:3]),
            "next_events": list(
                with_days(self.told(EventPage).filter(edition__status=EditionStatus.PUBLISHED))
                .filter(next_day__isnull=False)
                .order_by("next_day", "title")[:3]
            ),
            "open_courses": joinable(self.told(CoursePage).order_by("title"))[:3],
        }
        every_card = [page for pages in cards.values() for page in pages]
        return {**super().get_context(request, *args, cards=every_card, **kwargs), **cards}

    def told(self, model: Any) -> QuerySet:
        """The pages of a type in this language, ready for cards."""
        return for_cards(model.objects.filter(locale=self.locale_id))
