from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from associations.places.countries import country_name
from foundation_site.core.partial_dates import validate_partial_date

from .enums import AgreementKind, AgreementStatus, PartnerKind, PromiseState, StepKind


class Agreement(ClusterableModel):
    """What the city or the foundation signed with somebody, with its dated steps and what was promised."""

    slug = models.SlugField(_("short name"), unique=True, max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=AgreementKind)
    partner = models.CharField(_("partner"), max_length=150, help_text=_("The name that the partner gives itself."))
    partner_kind = models.CharField(_("kind of partner"), max_length=20, choices=PartnerKind, default=PartnerKind.CITY)
    country = models.CharField(_("country"), max_length=2, help_text=_("Code of two letters, for sorting and maps."))
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    official = models.BooleanField(_("official relation of the city"), default=False)
    status = models.CharField(_("state"), max_length=20, choices=AgreementStatus, default=AgreementStatus.ACTIVE)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["partner"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partner}"

    def label_in(self, language: str, what: str) -> str:
        return next((label.text for label in self.labels.all() if (label.language, label.what) == (language, what)), "")

    @property
    def partner_name(self) -> str:
        """The partner's name in the reader's language, else its own."""
        return self.label_in(get_language() or "it", "partner") or self.partner

    @property
    def country_label(self) -> str:
        """The name that an editor chose for the country or territory, else the usual one."""
        return self.label_in(get_language() or "it", "country") or country_name(self.country)

    @property
    def first_step(self) -> str:
        """The date of the first act, as exact as it is known."""
        return min((step.date for step in self.steps.all()), default="")


class AgreementLabel(models.Model):
    """How the partner, or its country where the usual name will not do, is called in a language."""

    agreement = ParentalKey(Agreement, related_name="labels", on_delete=models.CASCADE)
    what = models.CharField(_("name of"), max_length=10, choices=[("partner", _("partner")), ("country", _("country"))])
    language = models.CharField(_("language"), max_length=10)
    text = models.CharField(_("name"), max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "what", "language"], name="one_label_per_agreement_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Step(Orderable):
    """A dated act in the life of an agreement; one date is not enough."""

    agreement = ParentalKey(Agreement, related_name="steps", on_delete=models.CASCADE)
    kind = models.CharField(_("kind"), max_length=20, choices=StepKind)
    date = models.CharField(_("date"), max_length=10, validators=[validate_partial_date])
    place = models.CharField(_("place"), max_length=150, blank=True)
    signatories = models.CharField(_("signed by"), max_length=250, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.date}"


class Promise(models.Model):
    """An activity that the agreement promises, and what became of it. Its words stand on the page, once per language."""

    agreement = ParentalKey(Agreement, related_name="promises", on_delete=models.CASCADE)
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=PromiseState, default=PromiseState.UNKNOWN)
    since = models.CharField(_("since"), max_length=10, blank=True, validators=[validate_partial_date])
    until = models.CharField(_("until"), max_length=10, blank=True, validators=[validate_partial_date])

    class Meta:
        verbose_name = _("promised activity")
        verbose_name_plural = _("promised activities")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="one_promise_per_number")]

    def __str__(self) -> str:
        return f"{self.agreement.partner} {self.number}"
