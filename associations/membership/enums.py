"""What may be chosen, and which way an application may go."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    """From the group of friends to the bodies of the third sector."""

    INFORMAL = "informal", _("Informal group")
    COMMITTEE = "committee", _("Committee")
    UNRECOGNISED = "unrecognised", _("Association without legal personality")
    RECOGNISED = "recognised", _("Association with legal personality")
    APS = "aps", _("Social promotion association (APS)")
    ODV = "odv", _("Volunteer organisation (ODV)")
    OTHER = "other", _("Other")


class RuntsSection(models.TextChoices):
    """The seven sections of the national register of the third sector."""

    ODV = "odv", _("Volunteer organisations")
    APS = "aps", _("Social promotion associations")
    PHILANTHROPIC = "philanthropic", _("Philanthropic bodies")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprises")
    NETWORK = "network", _("Associative networks")
    MUTUAL_AID = "mutual_aid", _("Mutual aid societies")
    OTHER = "other", _("Other bodies of the third sector")


class FieldOfWork(models.TextChoices):
    CULTURE = "culture", _("Culture")
    LANGUAGE_COURSES = "language_courses", _("Language courses")
    WOMEN = "women", _("Women")
    YOUTH = "youth", _("Young people")
    SPORT = "sport", _("Sport")
    RELIGION = "religion", _("Religion")
    COOPERATION = "cooperation", _("Co-operation with other countries")
    HELP_DESK = "help_desk", _("Help and information desk")


class Interest(models.TextChoices):
    """What the body hopes to find with us."""

    SPACES = "spaces", _("Rooms and spaces")
    EVENTS = "events", _("Events together")
    TRAINING = "training", _("Training")
    PROJECTS = "projects", _("Projects together")


class DocumentKind(models.TextChoices):
    STATUTE = "statute", _("Statute")
    DEED = "deed", _("Deed of foundation")
    REPORT = "report", _("Report of activities")
    OFFICERS = "officers", _("List of the board")
    ACCOUNTS = "accounts", _("Last approved accounts")
    OTHER = "other", _("Other paper")

    REQUIRED = nonmember(("statute", "deed"))


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("being written")
    RECEIVED = "received", _("received")
    IN_REVIEW = "in_review", _("in review")
    COMPLETION_ASKED = "completion_asked", _("something is missing")
    ADMITTED = "admitted", _("admitted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")

    WRITABLE = nonmember(("draft", "completion_asked"))  # the body may change its words and papers
    OPEN = nonmember(("received", "in_review", "completion_asked"))  # sent, and not yet decided
    ENDED = nonmember(("admitted", "refused", "withdrawn"))


S = ApplicationState
MOVES: dict[str, tuple[str, ...]] = {
    S.DRAFT: (S.RECEIVED, S.WITHDRAWN),
    S.RECEIVED: (S.IN_REVIEW, S.WITHDRAWN),
    S.IN_REVIEW: (S.COMPLETION_ASKED, S.ADMITTED, S.REFUSED, S.WITHDRAWN),
    S.COMPLETION_ASKED: (S.IN_REVIEW, S.REFUSED, S.WITHDRAWN),
    S.ADMITTED: (),
    S.REFUSED: (),
    S.WITHDRAWN: (),
}
