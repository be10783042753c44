from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .countries import country_name
from .enums import PlaceKind


class City(ClusterableModel):
    """A city, or part of one, in the register: once, with its names in every language.

    It needs no page to be found and shown; a page exists where an editor has something to say.
    """

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120, help_text=_("The name that the place gives itself."))
    country = models.CharField(_("country"), max_length=2, help_text=_("Code of two letters, for instance MA."))
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind, default=PlaceKind.CITY)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    note = models.TextField(_("note for editors"), blank=True)

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def name_here(self) -> str:
        """The name in the reader's language."""
        return self.name_in(get_language() or "it")

    def name_in(self, language: str) -> str:
        """The name in use in a language, else its own."""
        for name in self.names.all():
            if name.language == language and not name.alias:
                return name.text
        return self.name

    @property
    def country_name(self) -> str:
        return country_name(self.country)


class CityName(models.Model):
    """How a city is called in a language, or another spelling under which people look for it."""

    city = ParentalKey(City, related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, blank=True)
    text = models.CharField(_("name"), max_length=120)
    alias = models.BooleanField(
        _("other spelling"), default=False, help_text=_("Only to be found by; it is not shown.")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["city", "language"], condition=models.Q(alias=False), name="one_name_per_city_and_language"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Network(models.Model):
    """A network of cities, such as the Intercultural Cities of the Council of Europe."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=150)
    url = models.URLField(_("site"), blank=True)

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")

    def __str__(self) -> str:
        return self.name


class NetworkMembership(models.Model):
    """A city in a network, for a time, as a source says it on a date: counts are computed, never typed."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    seen_on = models.DateField(_("as seen on"), help_text=_("The date of the source."))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("membership of a network")
        verbose_name_plural = _("memberships of networks")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "city"],
                condition=models.Q(until=None),
                name="one_open_membership_per_network_and_city",
                violation_error_message=_("This city is already in this network."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.city.name}, {self.network}"
