from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from foundation_site.core.partial_dates import validate_partial_date

from .enums import Funder, PartnerRole


class Programme(models.Model):
    """A funding programme; closed ones stay, because projects of the past name them."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    funder = models.CharField(_("funder"), max_length=10, choices=Funder, default=Funder.OTHER)
    period = models.CharField(_("period"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("funding programme")
        verbose_name_plural = _("funding programmes")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Grant(ClusterableModel):
    """A funded project as its contract states it: the facts behind a project's page, once for all languages."""

    slug = models.SlugField(unique=True)
    acronym = models.CharField(_("acronym"), max_length=60)
    title = models.CharField(_("full title"), max_length=250, help_text=_("As in the contract; it is not translated."))
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT
    )
    number = models.CharField(_("grant number"), max_length=60, blank=True)
    start = models.CharField(_("start"), max_length=10, blank=True, validators=[validate_partial_date])
    end = models.CharField(_("end"), max_length=10, blank=True, validators=[validate_partial_date])
    budget = models.DecimalField(_("budget in euro"), max_digits=12, decimal_places=2, null=True, blank=True)
    contribution = models.DecimalField(
        _("contribution in euro"), max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("funded project")
        verbose_name_plural = _("funded projects")
        ordering = ["acronym"]

    def __str__(self) -> str:
        return self.acronym

    @property
    def running(self) -> bool:
        """Whether the period holds today; an open end holds on."""
        today = timezone.localdate().isoformat()
        return (
            bool(self.start)
            and self.start <= today[: len(self.start)]
            and (not self.end or today[: len(self.end)] <= self.end)
        )

    @property
    def european(self) -> bool:
        return self.programme is not None and self.programme.funder == Funder.EU

    @property
    def acknowledgement(self) -> str:
        """The sentence that every output of the project must carry, in the reader's language; empty without a programme."""
        if self.programme is None:
            return ""
        facts = {"acronym": self.acronym, "title": self.title, "number": self.number, "programme": self.programme.name}
        if not self.european:
            return (
                gettext("Carried out within the project %(acronym)s – %(title)s, with the support of %(programme)s.")
                % facts
            )
        if self.number:
            return (
                gettext(
                    "Carried out within the project %(acronym)s – %(title)s (no. %(number)s), co-funded by the European Union under the programme %(programme)s."
                )
                % facts
            )
        return (
            gettext(
                "Carried out within the project %(acronym)s – %(title)s, co-funded by the European Union under the programme %(programme)s."
            )
            % facts
        )

    @property
    def disclaimer(self) -> str:
        """What the European Union asks its beneficiaries to add."""
        if not self.european:
            return ""
        return gettext(
            "Views and opinions expressed are those of the authors only and do not necessarily reflect those of the "
            "European Union, which cannot be held responsible for them."
        )


class Partner(Orderable):
    """Who carries a funded project, and in which role."""

    grant = ParentalKey(Grant, related_name="partners", on_delete=models.CASCADE)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=12, choices=PartnerRole, default=PartnerRole.PARTNER)
    country = models.CharField(_("country"), max_length=2, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")

    def __str__(self) -> str:
        return self.name
