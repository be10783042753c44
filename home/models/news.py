from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from foundation_site.core.index_pages import TOPIC_FACET, IndexPage
from foundation_site.core.pages import TopicsMixin
from foundation_site.core.related import LeadsOn


class NewsIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1
    facets = (TOPIC_FACET,)

    class Meta:
        verbose_name = _("news: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("-date", "title")


class NewsPage(TopicsMixin, LeadsOn):
    """Something that happened, on a day."""

    search_kind = "news"
    kind_label = _("News")
    newest = ("-date",)
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField(_("date"), default=timezone.localdate)

    facts_panels = [FieldPanel("date"), FieldPanel("topics")]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    @property
    def card_meta(self) -> list[str]:
        return [date_format(self.date, "DATE_FORMAT")]
