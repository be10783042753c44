"""States, groups of states and the allowed moves; and the choices of courses and editions."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a request stands. A party's participants are all in the state of their party: both or none."""

    ENTERED = "entered", _("places not given yet")
    ENROLLED = "enrolled", _("enrolled")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("a place is offered")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DECLINED = "declined", _("place declined")
    EXPIRED = "expired", _("offer ended without an answer")
    LAPSED = "lapsed", _("not confirmed in time")
    TURNED_AWAY = "turned_away", _("no place this time")

    LIVING = nonmember(("entered", "enrolled", "waiting", "offered"))
    HOLDING = nonmember(("enrolled", "offered"))  # an offered place is kept for whom it is offered to
    PROVISIONAL = nonmember(
        ("entered", "enrolled", "waiting")
    )  # as long as nobody confirms the contact; an offer has its own end
    ENDED = nonmember(("withdrawn", "declined", "expired", "lapsed", "turned_away"))
    HOPING = nonmember(("entered", "waiting"))
    STILL_INTERESTED = nonmember(("waiting", "turned_away", "lapsed", "expired"))  # may want the next edition


MOVES: dict[str, tuple[str, ...]] = {
    State.ENTERED: (State.ENROLLED, State.WAITING, State.WITHDRAWN, State.LAPSED, State.TURNED_AWAY),
    State.WAITING: (State.OFFERED, State.WITHDRAWN, State.LAPSED, State.TURNED_AWAY),
    State.OFFERED: (State.ENROLLED, State.DECLINED, State.EXPIRED, State.WITHDRAWN),
    State.ENROLLED: (State.WITHDRAWN, State.LAPSED),
    State.WITHDRAWN: (),
    State.DECLINED: (),
    State.EXPIRED: (),
    State.LAPSED: (),
    State.TURNED_AWAY: (),
}


class LetterKind(models.TextChoices):
    """The letters whose first words editors may write themselves; each is the name of its template."""

    CONFIRM = "confirm", _("confirm your request")
    ENTERED = "entered", _("you are in the draw")
    TO_BE_SELECTED = "to_be_selected", _("your request will be read")
    ENROLLED = "enrolled", _("you have a place")
    WAITING = "waiting", _("you are on the waiting list")
    OFFER = "offer", _("a place is offered to you")
    OFFER_EXPIRED = "offer_expired", _("the offer has ended")
    LAPSED = "lapsed", _("not confirmed in time")
    WITHDRAWN = "withdrawn", _("you have withdrawn")
    AGAIN = "again", _("you have already asked")
    REMINDER = "reminder", _("it begins soon")
    CHANGED = "changed", _("meetings have changed")
    CANCELLED = "cancelled", _("it is cancelled")
    TURNED_AWAY = "turned_away", _("no place this time")
    CERTIFICATE = "certificate", _("your certificate")


# What editors may write in braces. Dates, links and codes are not among them: they stand in every letter as they are.
PLACEHOLDERS = ("name", "course", "people")


class InterestState(models.TextChoices):
    """Where a wish to be told first stands; worked out, never stored."""

    UNCONFIRMED = "unconfirmed", _("contact not confirmed")
    OPEN = "open", _("waits for the next edition")
    TO_CALL = "to_call", _("to call")
    TOLD = "told", _("told")


class Channel(models.TextChoices):
    WEB = "web", _("website")
    DESK = "desk", _("at the desk")
    PHONE = "phone", _("by phone")
    PAPER = "paper", _("on paper")

    STAFF = nonmember(("desk", "phone", "paper"))


class AgeBand(models.TextChoices):
    """What we know of an age where the day of birth is not needed."""

    UNKNOWN = "", _("not asked")
    ADULT = "adult", _("18 or older, as declared")


class Relation(models.TextChoices):
    """What who asks is to those under 18 in her party."""

    PARENT = "parent", _("mother or father")
    GUARDIAN = "guardian", _("legal guardian")
    CARE = "care", _("somebody who has the care of the child")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("a few words")
    CHOICE = "choice", _("one of several answers")
    YES_NO = "yes_no", _("yes or no")
    NUMBER = "number", _("a number")
    DATE = "date", _("a date")


YES_OR_NO = [("yes", _("yes")), ("no", _("no"))]


class EditionKind(models.TextChoices):
    COURSE = "course", _("Course")
    EVENT = "event", _("Event")
    TRIP = "trip", _("Journey")
    PROGRAMME = "programme", _("Programme of others")


class EditionStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


class EnrolmentMode(models.TextChoices):
    """Whether one has to enrol, and how places are given."""

    NONE = "none", _("no enrolment: just come")
    ARRIVAL = "arrival", _("enrolment, places in order of arrival")
    DRAW = "draw", _("enrolment, places by draw")
    SELECTION = "selection", _("enrolment, places by selection")

    TOGETHER = nonmember(
        ("draw", "selection")
    )  # everybody asks until enrolment closes; then all places are given at once


class Priority(models.TextChoices):
    """Who comes before others in a draw, and among equals in a selection. What a person declares is asked on the form; the rest we know."""

    RESIDENT = "resident", _("people who live in the municipality")
    TURNED_AWAY = "turned_away", _("people who found no place last time")
    BEGINNER = "beginner", _("people who begin")
    CONTINUES = "continues", _("people who attended the level before")
    MEMBER = "member", _("people of a member association")

    DECLARED = nonmember(("resident", "beginner", "continues", "member"))


DECLARATIONS = {
    Priority.RESIDENT: _("I live in the municipality."),
    Priority.BEGINNER: _("I begin: I have never learnt this before."),
    Priority.CONTINUES: _("I attended the level before this one."),
    Priority.MEMBER: _("I belong to a member association."),
}


class Standing(models.TextChoices):
    """What a reader is told about an edition now; worked out, never stored."""

    DRAFT = "draft", _("not published")
    CANCELLED = "cancelled", _("cancelled")
    FINISHED = "finished", _("finished")
    FREE_ENTRY = "free_entry", _("no enrolment needed")
    SOON = "soon", _("enrolment not open yet")
    OPEN = "open", _("places free")
    FULL = "full", _("full, waiting list open")
    CLOSED = "closed", _("enrolment closed")

    ENROLLING = nonmember(("open", "full"))
    WITHOUT_PLACE = nonmember(("full", "closed", "finished", "cancelled"))
    AHEAD = nonmember(("open", "full", "free_entry", "soon"))  # one can still take part; the best chance first


class Fee(models.TextChoices):
    FREE = "free", _("free")
    AMOUNT = "amount", _("an amount")


class StepFree(models.TextChoices):
    UNKNOWN = "", _("not known")
    YES = "yes", _("reachable without steps")
    PARTLY = "partly", _("partly reachable without steps")
    NO = "no", _("steps on the way")


class CourseKind(models.TextChoices):
    ITALIAN = "italian", _("Italian")
    MOTHER_TONGUE = "mother_tongue", _("Mother tongue of a community")
    FOREIGN_LANGUAGE = "foreign_language", _("Foreign language for all")
    MOTHERS = "mothers", _("Course for mothers")
    A2_TEST = "a2_test", _("Preparation for the A2 test")
    CIVIC = "civic", _("Civic orientation")
    OTHER = "other", _("Other")


class Level(models.TextChoices):
    """The European framework, with literacy below it."""

    LITERACY = "literacy", _("literacy: learning to read and write")
    PRE_A1 = "pre_A1", _("before A1")
    A1 = "A1", _("A1")
    A2 = "A2", _("A2")
    B1 = "B1", _("B1")
    B2 = "B2", _("B2")
    MIXED = "mixed", _("mixed levels")
    NOT_BY_LEVEL = "not_by_level", _("not by level")
