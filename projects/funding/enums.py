from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerRole(models.TextChoices):
    LEAD = "lead", _("lead")
    PARTNER = "partner", _("partner")
    ASSOCIATED = "associated", _("associated partner")


class Funder(models.TextChoices):
    """Who pays; the European Union asks for its emblem and its sentence on everything that it pays for."""

    EU = "eu", _("European Union")
    STATE = "state", _("Italian State")
    REGION = "region", _("Region")
    OTHER = "other", _("other")
