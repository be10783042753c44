from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """What a member of the network is: not all are whole cities."""

    CITY = "city", _("city")
    BOROUGH = "borough", _("borough of a city")
    DISTRICT = "district", _("district of a city")
    MUNICIPALITY = "municipality", _("municipality")
    ISLAND = "island", _("island")
    UNION = "union", _("union of municipalities")
