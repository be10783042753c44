from typing import Any

from django.db import models
from django.db.models import Min, QuerySet, Value, prefetch_related_objects
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from foundation_site.core.finder import Facet
from foundation_site.core.index_pages import IndexPage
from foundation_site.core.pages import BasePage, TopicsMixin
from projects.agreements.enums import AgreementKind, AgreementStatus


class AgreementIndexPage(IndexPage):
    parent_page_types = ["home.HomePage"]
    subpage_types = ["projects.AgreementPage"]
    max_count_per_parent = 1
    facets = (
        Facet("kind", _("Kind"), "agreement__kind", lambda: dict(AgreementKind.choices)),
        Facet("state", _("State"), "agreement__status", lambda: dict(AgreementStatus.choices)),
    )

    class Meta:
        verbose_name = _("agreements: list")

    def listed(self) -> QuerySet:
        return super().listed().order_by("title")


class AgreementPage(TopicsMixin, BasePage):
    """An agreement told to readers: its dates, steps and promises come from the register."""

    search_kind = "agreement"
    kind_label = _("Agreement")
    speaks_of = ("agreement",)
    stands_for = "agreement"
    parent_page_types = ["projects.AgreementIndexPage"]
    subpage_types: list[str] = []

    agreement = models.ForeignKey(
        "agreements.Agreement", verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="+",
        help_text=_("Partner, dates and state are kept there, once for all languages."),
    )  # fmt: skip

    content_panels = [
        *BasePage.content_panels,
        InlinePanel("promise_texts", heading=_("Promised activities"), label=_("Activity")),
    ]
    facts_panels = [FieldPanel("agreement"), FieldPanel("topics")]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def searchable_text(self) -> list[str]:
        texts = [f"{text.title} {text.text}" for text in self.promise_texts.all()]
        names = [self.agreement.partner, *(label.text for label in self.agreement.labels.all())]
        return [*super().searchable_text(), *names, *texts]

    @cached_property
    def card_facts(self) -> list[str]:
        return [self.agreement.first_step]

    @classmethod
    def card_rows(cls, pages: QuerySet) -> QuerySet:
        begun = pages.filter(agreement__steps__isnull=False)
        return begun.values_list("pk", Value(0), Min("agreement__steps__date"))

    @property
    def card_meta(self) -> list[str]:
        return [self.agreement.get_kind_display(), *(date[:4] for date in self.card_facts)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        prefetch_related_objects([self.agreement], "labels", "steps", "promises")
        context = super().get_context(request, *args, **kwargs)
        states = {promise.number: promise for promise in self.agreement.promises.all()}
        context["promises"] = [
            {"number": text.number, "title": text.title, "text": text.text, "record": states.get(text.number)}
            for text in self.promise_texts.all()
        ]
        return context


class PromiseText(TranslatableMixin, Orderable):
    """The words of a promised activity, once per language; its state is in the register under the same number."""

    page = ParentalKey(AgreementPage, related_name="promise_texts", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("As in the agreement."))
    title = models.CharField(_("activity"), max_length=200)
    text = models.TextField(_("what happened"), blank=True)

    translatable_fields = [
        SynchronizedField("number", overridable=False),
        TranslatableField("title"),
        TranslatableField("text"),
    ]
    panels = [FieldPanel("number"), FieldPanel("title"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        pass
