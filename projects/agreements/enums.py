from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    TWINNING = "twinning", _("Twinning")
    FRIENDSHIP = "friendship", _("Friendship pact")
    SOLIDARITY = "solidarity", _("Solidarity pact")
    DECLARATION = "declaration", _("Declaration")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    COOPERATION = "cooperation", _("Cooperation agreement")
    CONVENTION = "convention", _("Convention")
    PAIRING = "pairing", _("Project pairing")


class PartnerKind(models.TextChoices):
    """A partner is often not a city."""

    CITY = "city", _("city")
    MUNICIPALITY = "municipality", _("municipality within a city")
    PROVINCE = "province", _("province")
    MINISTRY = "ministry", _("ministry")
    MOVEMENT = "movement", _("movement")
    AGENCY = "agency", _("public agency")


class AgreementStatus(models.TextChoices):
    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("concluded or dormant")
    ENDED = "ended", _("ended")
    UNCLEAR = "unclear", _("unclear: the sources differ")


class StepKind(models.TextChoices):
    DECLARATION = "declaration", _("Declaration")
    FRIENDSHIP = "friendship", _("Friendship pact")
    COUNCIL_VOTE = "council_vote", _("Vote of the city council")
    SIGNATURE = "signature", _("Signature")
    COUNTERSIGNATURE = "countersignature", _("Countersignature")
    RATIFICATION = "ratification", _("Ratification")
    RENEWAL = "renewal", _("Renewal")
    END = "end", _("End")


class PromiseState(models.TextChoices):
    """How far a promised activity has come, as far as we can show it."""

    DONE = "done", _("done")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")
    UNKNOWN = "unknown", _("we do not know")
