"""Courses, their editions, and who asked for which place. Text for readers is on pages; here is what must be counted on."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.models import Orderable

from foundation_site.core.personal import CODE_LENGTH, new_code
from foundation_site.editorial.enums import Role

from . import lots, ranking
from .enums import (
    YES_OR_NO,
    AgeBand,
    Channel,
    CourseKind,
    EditionKind,
    EditionStatus,
    EnrolmentMode,
    Fee,
    LetterKind,
    Level,
    Priority,
    QuestionKind,
    Relation,
    State,
    StepFree,
)
from .validators import (
    PLACEHOLDER,
    site_languages,
    validate_edition_slug,
    validate_language_codes,
    validate_name,
    validate_placeholders,
    validate_time_zone,
)

FULL_AGE = 18
NAME_LENGTH = 120
REASON_LENGTH = 300
LINK_SALT = "enrolment.request"
LETTER_SALT = "enrolment.letter"
CONFIRM_SALT = "enrolment.confirm"
LONGEST_KEPT = 365  # days after the last meeting; then requests are deleted, and all that is in them
INTEREST_SIGNER = signing.Signer(sep=".", salt="enrolment.interest")
CERTIFICATE_SALT = "enrolment.certificate"
LINK_LIFE = timedelta(days=400)  # longer than the longest course


def language_name(code: str) -> str:
    """A language named in the reader's own."""
    if code == "mul":
        return str(_("several languages"))
    return Locale.parse(get_language() or settings.LANGUAGE_CODE, sep="-").languages.get(code, code)


class Course(ClusterableModel):
    """What is taught. When, where and for how many is in its editions."""

    slug = models.SlugField(_("short name"), unique=True, max_length=60)
    label = models.CharField(
        _("name, in Italian"),
        max_length=150,
        help_text=_("As staff call it; readers see their own language, if given below."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=CourseKind)
    language = models.CharField(
        _("language taught"),
        max_length=3,
        blank=True,
        help_text=_("Code, as ar; mul for several; empty if no language is taught."),
    )
    level = models.CharField(_("level"), max_length=20, choices=Level, default=Level.NOT_BY_LEVEL)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")), name="course_ages_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def language_name(self) -> str:
        return language_name(self.language) if self.language else ""

    def name_in(self, language: str) -> str:
        return next((name.text for name in self.names.all() if name.language == language), self.label)


class CourseName(models.Model):
    """How the course is called in a language, for letters and forms."""

    course = ParentalKey(Course, related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    text = models.CharField(_("name"), max_length=150)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["course", "language"], name="one_name_per_course_and_language")]

    def __str__(self) -> str:
        return self.text


class Edition(ClusterableModel):
    """One run of a course, or an event, a journey, a programme of others: whatever has dates and, maybe, few places.

    This row owns the number of places: every verb that gives or frees one locks it first.
    """

    course = models.ForeignKey(
        Course, verbose_name=_("course"), null=True, blank=True, on_delete=models.PROTECT, related_name="editions",
        help_text=_("Empty for an event or a journey."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=EditionKind, default=EditionKind.COURSE)
    slug = models.SlugField(
        _("short name"),
        unique=True,
        max_length=60,
        validators=[validate_edition_slug],
        help_text=_("Stands in the address of the form."),
    )
    label = models.CharField(
        _("name, in Italian"), max_length=150, help_text=_("What tells this edition from the others: Adults, evening.")
    )
    status = models.CharField(_("state"), max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT)

    enrolment = models.CharField(_("enrolment"), max_length=10, choices=EnrolmentMode, default=EnrolmentMode.ARRIVAL)
    places = models.PositiveSmallIntegerField(
        _("places"),
        null=True,
        blank=True,
        help_text=_("Empty: no limit. When you raise it, those who wait are offered the new places."),
    )
    minimum = models.PositiveSmallIntegerField(_("fewest to start"), null=True, blank=True)
    party_max = models.PositiveSmallIntegerField(
        _("people in one request"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("More than one: a parent with children, or friends; they get a place together or not at all."),
    )
    draws_at = models.DateTimeField(
        _("draw"), null=True, blank=True, help_text=_("Only for places by draw; not before enrolment closes.")
    )
    decides_at = models.DateTimeField(
        _("decision"), null=True, blank=True, help_text=_("Only for places by selection; not before enrolment closes.")
    )
    opens_at = models.DateTimeField(
        _("enrolment opens"), null=True, blank=True, help_text=_("Empty: as soon as it is published.")
    )
    closes_at = models.DateTimeField(
        _("enrolment closes"), null=True, blank=True, help_text=_("Empty: when the last meeting ends.")
    )
    offer_days = models.PositiveSmallIntegerField(
        _("days to answer an offer"),
        default=3,
        validators=[MinValueValidator(1)],
        help_text=_("How long a freed place is kept for the person it is offered to."),
    )
    offer_in_opening_days = models.BooleanField(
        _("count opening days only"),
        default=False,
        help_text=_(
            "Days on which the foundation is closed do not count; the offer ends when it closes in the evening."
        ),
    )
    reminder_days = models.PositiveSmallIntegerField(
        _("days from reminder to first meeting"), default=3, help_text=_("0: nobody is reminded.")
    )
    age_from = models.PositiveSmallIntegerField(
        _("from age"), null=True, blank=True, help_text=_("On the day of the first meeting.")
    )
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    fee = models.CharField(_("fee"), max_length=10, choices=Fee, default=Fee.FREE)
    fee_amount = models.DecimalField(_("amount in euro"), max_digits=7, decimal_places=2, null=True, blank=True)

    venue_name = models.CharField(_("venue"), max_length=150, blank=True)
    venue_address = models.CharField(_("address"), max_length=250, blank=True)
    venue_step_free = models.CharField(
        _("access"), max_length=10, choices=StepFree, blank=True, default=StepFree.UNKNOWN
    )
    teacher = models.CharField(
        _("teacher"), max_length=150, blank=True, help_text=_("First name; the surname only if the person agrees.")
    )
    languages = models.CharField(
        _("languages spoken"),
        max_length=60,
        blank=True,
        validators=[validate_language_codes],
        help_text=_("Codes, as it, ar, fr."),
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Rome", validators=[validate_time_zone])

    teachers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("teachers with an account"), blank=True, related_name="editions_taught",
        limit_choices_to={"groups__name": Role.TEACHERS.value},
        help_text=_("They see the meetings of this edition and the names of who takes part, and mark who is there; nothing else."),
    )  # fmt: skip
    attendance_needed = models.PositiveSmallIntegerField(
        _("meetings needed for a certificate"),
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("In percent of the meetings held."),
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-id"]
        permissions = [("teach_edition", _("Can teach editions"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(age_to__isnull=True) | Q(age_from__isnull=True) | Q(age_to__gte=F("age_from")),
                name="edition_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="enrolment_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~Q(fee=Fee.AMOUNT) | Q(fee_amount__isnull=False), name="a_fee_has_its_amount"
            ),
            models.CheckConstraint(
                condition=~Q(enrolment=EnrolmentMode.DRAW)
                | Q(
                    places__isnull=False,
                    closes_at__isnull=False,
                    draws_at__isnull=False,  # a comparison with null would pass
                    draws_at__gte=F("closes_at"),
                ),
                name="a_draw_has_places_and_a_day_after_closing",
                violation_error_message=_(
                    "A draw needs a number of places, the end of enrolment, and the moment of the draw, which is not before it."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(enrolment=EnrolmentMode.SELECTION)
                | Q(
                    places__isnull=False,
                    closes_at__isnull=False,
                    decides_at__isnull=False,  # a comparison with null would pass
                    decides_at__gte=F("closes_at"),
                ),
                name="a_selection_has_places_and_a_day_after_closing",
                violation_error_message=_(
                    "A selection needs a number of places, the end of enrolment, and the moment of the decision, which is not before it."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}: {self.label}" if self.course_id else self.label

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def adults_only(self) -> bool:
        """A declaration is enough: nobody's day of birth is needed."""
        return self.age_to is None and (self.age_from or 0) >= FULL_AGE

    @property
    def asks_birth_date(self) -> bool:
        return not self.adults_only and (self.age_from is not None or self.age_to is not None)

    @property
    def asks_contact(self) -> bool:
        """Who asks may be another than who takes part."""
        return self.party_max > 1 or self.asks_birth_date

    @property
    def language_names(self) -> list[str]:
        return [language_name(code.strip()) for code in self.languages.split(",") if code.strip()]

    @admin.display(description=_("taken"))
    def fill(self) -> str:
        """Taken of all places, for lists that count them (see queries.with_places)."""
        return f"{self.taken} / {self.places if self.places is not None else '∞'}"

    @property
    def shortfall(self) -> str:
        """How many of how few, where enrolment has closed and it cannot begin (see queries.with_shortfall)."""
        return f"{self.taken} / {self.minimum}" if self.below_minimum else ""

    @property
    def fee_euro(self) -> Decimal | None:
        return self.fee_amount if self.fee == Fee.AMOUNT else None

    @cached_property
    def letter_texts(self) -> dict[tuple[str, str], "LetterText"]:
        """What editors have written, by letter and language: read once for all letters about this row as it is under the lock."""
        return {(text.letter, text.language): text for text in LetterText.objects.all()}

    def title_in(self, language: str) -> str:
        """Course and edition in this language, each in Italian where it has no other name."""
        names = [(name.text, name.language) for name in self.names.all()]
        label = next((text for text, code in names if code == language), self.label)
        if not self.course_id or self.course is None:
            return label
        return f"{self.course.name_in(language)}: {label}"


class EditionName(models.Model):
    """What tells this edition from the others, in a language."""

    edition = ParentalKey(Edition, related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    text = models.CharField(_("name"), max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "language"], name="one_name_per_edition_and_language")
        ]

    def __str__(self) -> str:
        return self.text


class Meeting(models.Model):
    """One time together, kept as the clock on the wall shows it: 18:30 stays 18:30 when the clocks change."""

    edition = ParentalKey(Edition, related_name="meetings", on_delete=models.CASCADE)
    date = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("to"))
    room = models.CharField(_("room"), max_length=150, blank=True)
    cancelled = models.BooleanField(_("cancelled"), default=False)
    note = models.CharField(_("note"), max_length=250, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="of changes, as calendars count them")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["date", "starts_at", "id"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.starts_at:%H:%M}–{self.ends_at:%H:%M}"

    @property
    def place(self) -> str:
        return ", ".join(filter(None, [self.room, self.edition.venue_name, self.edition.venue_address]))

    @property
    def start(self) -> datetime:
        return datetime.combine(self.date, self.starts_at, tzinfo=self.edition.zone)

    @property
    def end(self) -> datetime:
        """On the next day, where the hour of the end is before that of the start."""
        day = self.date if self.ends_at > self.starts_at else self.date + timedelta(days=1)
        return datetime.combine(day, self.ends_at, tzinfo=self.edition.zone)

    @property
    def minutes(self) -> int:
        """As the clock on the wall counts them."""
        return int((self.end - self.start).total_seconds()) // 60


class PriorityRule(Orderable):
    """Who comes first in the draw of an edition, and among equals in its selection. Written before enrolment opens and shown; then it stays as it is."""

    edition = ParentalKey(Edition, related_name="priorities", on_delete=models.CASCADE)
    kind = models.CharField(_("who"), max_length=12, choices=Priority)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="one_priority_of_a_kind_per_edition")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Criterion(ClusterableModel, Orderable):
    """By what a selection decides. Written before enrolment opens and shown; then it stays as it is."""

    edition = ParentalKey(Edition, related_name="criteria", on_delete=models.CASCADE)
    label = models.CharField(
        _("criterion, in Italian"), max_length=150, help_text=_("So that who asks knows what to tell: Motivation.")
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How much it counts beside the others, from 1 to 100."),
    )
    highest = models.PositiveSmallIntegerField(
        _("highest score"), default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="a_weight_is_from_1_to_100"),
            models.CheckConstraint(condition=Q(highest__range=(1, 100)), name="a_highest_score_is_from_1_to_100"),
        ]

    def __str__(self) -> str:
        return self.label


class CriterionName(models.Model):
    """What the criterion is called in a language."""

    criterion = ParentalKey(Criterion, related_name="names", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    text = models.CharField(_("name"), max_length=150)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["criterion", "language"], name="one_name_per_criterion_and_language")
        ]

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class PublishedCriterion:
    """A criterion as the terms have published it, in the reader's language or else in Italian."""

    label: str
    language: str
    weight: int
    highest: int


class Terms(models.Model):
    """How the places of an edition are given, as it was published: a version of each change made before enrolment opened."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    rules = models.JSONField(
        help_text="{way, people in one request, priorities, days to answer an offer and which days count, ages; of a selection places, day and criteria}"
    )
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_number_per_edition_s_terms")]

    def __str__(self) -> str:
        return f"{self.edition_id}.{self.number}"

    @property
    def priorities(self) -> list[str]:
        return [str(Priority(kind).label) for kind in self.rules["priorities"]]

    @property
    def criteria(self) -> list[PublishedCriterion]:
        here = get_language() or settings.LANGUAGE_CODE
        return [
            PublishedCriterion(
                label=rule["names"].get(here, rule["label"]),
                language=here if here in rule["names"] else settings.LANGUAGE_CODE,
                weight=rule["weight"],
                highest=rule["highest"],
            )
            for rule in self.rules.get("criteria", [])
        ]


class Draw(models.Model):
    """A draw that anybody can run again: the fingerprint of a secret before the first request, the list frozen at closing,
        the secret with the draw. Each is written once and never again (`save` sees to it). A selection keeps only the promise here,
    for the lot among equals."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="draw")
    sealed_secret = models.CharField(
        max_length=200, help_text="encrypted: who reads the database before the draw does not know it"
    )
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the secret")
    committed_at = models.DateTimeField()
    listed = models.TextField(blank=True, help_text="a party a line: draw code, people, group; in order of the codes")
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the list")
    frozen_at = models.DateTimeField(null=True, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True, help_text="that there were to give")
    gone = models.TextField(blank=True, help_text="codes that withdrew between the closing of the list and the draw")
    drawn_at = models.DateTimeField(null=True, blank=True)

    WRITTEN_ONCE = (
        "edition_id", "sealed_secret", "commitment", "committed_at", "listed", "fingerprint", "frozen_at", "secret", "places", "gone", "drawn_at",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at=None) | Q(frozen_at__lte=F("drawn_at")), name="frozen_before_drawn"
            )
        ]

    def __str__(self) -> str:
        return self.commitment

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Draw.objects.filter(pk=self.pk).values(*self.WRITTEN_ONCE).first() if self.pk else None
        for name, value in (before or {}).items():
            if value not in ("", None) and value != getattr(self, name):
                raise ValueError(f"{name} of a draw is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ValueError("a draw stays")

    @property
    def outcome(self) -> list[lots.Drawn]:
        """Rank and place of each party as they were drawn, which nothing that happens later changes; empty before."""
        if not self.drawn_at or self.places is None:
            return []
        return lots.draw(self.listed, secret=self.secret, places=self.places, gone=self.gone.split())


class Decision(models.Model):
    """The outcome of a selection: the scores that counted, without names, and the secret of the lot, so that anybody can rank
    again. Written once; it stays when the requests are deleted."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="decision")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="+")
    listed = models.TextField(
        blank=True, help_text="a party a line: draw code, people, group, scores of each assessor; in order of the codes"
    )
    gone = models.TextField(blank=True, help_text="codes that withdrew between closing and decision")
    secret = models.CharField(max_length=64)
    places = models.PositiveSmallIntegerField(help_text="that there were to give")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # that it was decided stays when the account goes

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.decided_at:%d/%m/%Y %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise ValueError("a decision is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise ValueError("a decision stays")

    @cached_property
    def outcome(self) -> list[ranking.Ranked]:
        """Rank, points and place of each party as they were decided, which nothing that happens later changes."""
        criteria = [ranking.Scale(rule.weight, rule.highest) for rule in self.terms.criteria]
        return ranking.rank(self.listed, criteria=criteria, secret=self.secret, places=self.places)

    def why(self, ranked: ranking.Ranked) -> dict[str, Any]:
        """What explains the outcome to a party, in the reader's language: the mean of its scores in each criterion, the points of
        the last who got a place, and whether it was passed over because there was not room for all of it."""
        served = [other for other in self.outcome if other.given]
        return {
            "ranked": ranked,
            "marks": list(zip(self.terms.criteria, ranked.means, strict=True)),
            "last_points": served[-1].points if served else None,
            "passed_over": not ranked.given and any(other.rank > ranked.rank for other in served),
        }


class EnrolmentManager(models.Manager["Enrolment"]):
    def from_token(self, token: str) -> "Enrolment":
        """The request behind a signed link, `by_letter` if that stands in letters only. Raises signing.SignatureExpired,
        signing.BadSignature or Enrolment.DoesNotExist."""
        try:
            return self._behind(token, LINK_SALT)
        except signing.SignatureExpired:
            raise
        except signing.BadSignature:
            found = self._behind(token, LETTER_SALT)
            found.by_letter = True
            return found

    def from_confirmation(self, token: str) -> "Enrolment":
        """The request whose contact the holder of this link can confirm, as `from_token`."""
        return self._behind(token, CONFIRM_SALT)

    def _behind(self, token: str, salt: str) -> "Enrolment":
        pk = link_signer(salt).unsign(token, max_age=LINK_LIFE)
        return self.select_related("edition__course").get(pk=int(pk))


def link_signer(salt: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(sep=".", salt=salt)


QUEUE = (F("rank").asc(nulls_last=True), "pk")


class Enrolment(models.Model):
    """The request of one party for one edition. Rows are never deleted by a verb and never come back to life: who asks again, asks anew.

    The queue is the order of `rank`, given by a draw or a selection, and then of `id`: that is given while the edition is locked, so it is the
    order in which people were answered. `QUEUE` says it once.
    """

    edition = models.ForeignKey(Edition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(_("state"), max_length=12, choices=State)
    requested_at = models.DateTimeField(_("asked"), default=timezone.now)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)
    offer_expires_at = models.DateTimeField(_("offer ends"), null=True, blank=True)
    first_held_at = models.DateTimeField(
        _("first had a place"),
        null=True,
        blank=True,
        help_text=_("Given or offered; it stays when the place is given back."),
    )
    confirmed_at = models.DateTimeField(
        _("contact confirmed"), null=True, blank=True, help_text=_("Until then the request is provisional.")
    )
    confirm_by = models.DateTimeField(
        _("to confirm by"), null=True, blank=True, help_text=_("Empty: it does not end by itself; staff call.")
    )
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    contact_name = models.CharField(_("contact"), max_length=NAME_LENGTH, validators=[validate_name])
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(_("language of letters"), max_length=10, choices=site_languages)
    relation = models.CharField(
        _("relation"), max_length=10, choices=Relation, blank=True, help_text=_("To those under 18, if there are any.")
    )
    responsible = models.BooleanField(_("parental responsibility declared"), default=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.WEB)
    receipt_code = models.CharField(_("receipt code"), max_length=CODE_LENGTH, unique=True, default=new_code)
    draw_code = models.CharField(
        _("code in the draw"), max_length=CODE_LENGTH, unique=True, default=new_code,
        help_text=_("Stands in public lists; it opens nothing."),
    )  # fmt: skip
    terms = models.ForeignKey(Terms, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    declared = models.JSONField(_("declared"), default=list, blank=True)
    group = models.PositiveSmallIntegerField(_("group in the draw"), null=True, blank=True)
    rank = models.PositiveIntegerField(_("place in the draw"), null=True, blank=True)
    request_key = models.UUIDField(default=uuid.uuid4, editable=False)

    by_letter = False  # whether it was opened by a link that stands in letters only

    objects = EnrolmentManager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["edition", "state", "id"], name="enrolment_queue"),
            models.Index(fields=["confirm_by"], condition=Q(confirmed_at=None), name="enrolment_to_confirm"),
            models.Index(fields=["email"], name="enrolment_email"),
        ]
        permissions = [("assess_enrolment", _("Can assess requests"))]
        constraints = [
            models.UniqueConstraint(fields=["edition", "request_key"], name="one_enrolment_per_sent_form"),
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="an_email_or_a_phone"),
            models.CheckConstraint(
                condition=~Q(state=State.OFFERED) | Q(offer_expires_at__isnull=False), name="an_offer_has_its_end"
            ),
            models.CheckConstraint(
                condition=Q(relation="", responsible=False) | (~Q(relation="") & Q(responsible=True)),
                name="a_guardian_has_declared",
            ),
        ]

    def __str__(self) -> str:
        """No name: this ends in logs, which outlive what we may keep of a person."""
        return self.receipt_code

    @property
    def token(self) -> str:
        """Opens this request and nothing else: for the browser that has made or found it."""
        return link_signer(LINK_SALT).sign(str(self.pk))

    @property
    def letter_token(self) -> str:
        """The same, in letters to the contact and nowhere else: whoever comes by it reads what is sent there."""
        return link_signer(LETTER_SALT).sign(str(self.pk))

    @property
    def confirmation(self) -> str:
        """Confirms the contact, and so stands in a letter to it and nowhere else."""
        return link_signer(CONFIRM_SALT).sign(str(self.pk))

    @property
    def provisional(self) -> bool:
        """Nobody has shown yet that the contact is right."""
        return self.confirmed_at is None and self.is_living

    @property
    def is_living(self) -> bool:
        return self.state in State.LIVING

    @property
    def to_phone(self) -> bool:
        """No letter reaches this person: somebody has to call."""
        return not self.email

    @admin.display(description=_("who"))
    def names(self) -> str:
        return ", ".join(person.name for person in self.participants.all())

    @admin.display(description=_("how to reach"))
    def reach(self) -> str:
        """The e-mail, or the phone where somebody has to call."""
        return self.email or _("phone %(number)s") % {"number": self.phone.as_international}

    @property
    def call_me(self) -> str:
        """How to begin a letter: as the person asks to be called; the guardian by name."""
        people = list(self.participants.all())
        own = [person for person in people if person.name == self.contact_name]
        return own[0].called if own else self.contact_name


class Participant(models.Model):
    """One person of a party. `edition` and `living` repeat the enrolment's, so that the database itself can promise one living enrolment per person."""

    enrolment = models.ForeignKey(Enrolment, related_name="participants", on_delete=models.CASCADE)
    edition = models.ForeignKey(Edition, related_name="participants", on_delete=models.PROTECT)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, validators=[validate_name])
    name_own_script = models.CharField(
        _("name in own script"), max_length=NAME_LENGTH, blank=True, validators=[validate_name]
    )
    call_me = models.CharField(_("what to call"), max_length=NAME_LENGTH, blank=True, validators=[validate_name])
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, blank=True, default=AgeBand.UNKNOWN)
    person_key = models.CharField(max_length=400, editable=False)
    living = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "person_key"],
                condition=Q(living=True),
                name="one_living_enrolment_per_person_and_edition",
            ),
        ]

    def __str__(self) -> str:
        return str(_("participant %(number)s") % {"number": self.pk})

    @property
    def called(self) -> str:
        return self.call_me or self.name

    def age_on(self, day: date) -> int | None:
        return age_on(self.birth_date, day) if self.birth_date else None


class InterestManager(models.Manager["Interest"]):
    def from_token(self, token: str) -> "Interest":
        """The wish behind a signed link, which ends with it. Raises signing.BadSignature or Interest.DoesNotExist."""
        return self.select_related("course").get(pk=int(INTEREST_SIGNER.unsign(token)))


class Interest(models.Model):
    """Somebody wants to be told first of the next edition of a course. It holds one way to reach her and goes when she has been told."""

    course = models.ForeignKey(Course, verbose_name=_("course"), on_delete=models.PROTECT, related_name="interests")
    contact_name = models.CharField(_("contact"), max_length=NAME_LENGTH, blank=True, validators=[validate_name])
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    language = models.CharField(_("language of letters"), max_length=10, choices=site_languages)
    request = models.ForeignKey(Enrolment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(
        _("contact confirmed"), null=True, blank=True, help_text=_("Nobody is told of anything before.")
    )
    edition = models.ForeignKey(
        Edition, verbose_name=_("the next edition"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Of which this person is told."),
    )  # fmt: skip
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects = InterestManager()

    class Meta:
        verbose_name = _("wish to be told first")
        verbose_name_plural = _("wishes to be told first")
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(email="") ^ Q(phone=""), name="an_interest_has_one_way_to_reach"),
            models.UniqueConstraint(
                fields=["course", "email", "phone"],
                condition=Q(edition=None),
                name="one_open_interest_per_contact_and_course",
            ),
        ]

    def __str__(self) -> str:
        """No name: this ends in logs, which outlive what we may keep of a person."""
        return str(_("wish %(number)s") % {"number": self.pk})

    @property
    def token(self) -> str:
        """Confirms this wish and takes it back; in letters to its address and nowhere else before it is confirmed."""
        return INTEREST_SIGNER.sign(str(self.pk))

    @admin.display(description=_("how to reach"))
    def reach(self) -> str:
        return self.email or _("phone %(number)s") % {"number": self.phone.as_international}


class Figures(models.Model):
    """How many asked for an edition and how many found a place, in people; written when the requests are forgotten, and then all that is left of them."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="figures")
    requested = models.PositiveIntegerField()
    offered = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    turned_away = models.PositiveIntegerField()
    from_waiting = models.PositiveIntegerField(help_text="of those taken, who had waited")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.requested}"


class Assessment(models.Model):
    """What one assessor says of one party: a score with its reason in each criterion; or that she has a conflict of interest, and
    then nothing. It is deleted with the request."""

    enrolment = models.ForeignKey(Enrolment, related_name="assessments", on_delete=models.CASCADE)
    assessor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, related_name="+", on_delete=models.SET_NULL)
    conflict = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "assessor"], name="one_assessment_per_request_and_assessor")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Score(models.Model):
    """Points in one criterion, and why."""

    assessment = models.ForeignKey(Assessment, related_name="scores", on_delete=models.CASCADE)
    criterion = models.ForeignKey(Criterion, related_name="+", on_delete=models.PROTECT)
    points = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=REASON_LENGTH)

    class Meta:
        ordering = ["criterion__sort_order", "criterion_id"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="one_score_per_assessment_and_criterion")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Attendance(models.Model):
    """Whether somebody was at a meeting. Without a row nobody has said yet."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attendances")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    present = models.BooleanField(_("present"))
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["participant", "meeting"], name="one_mark_per_person_and_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.meeting_id}"


class CertificateManager(models.Manager["Certificate"]):
    def from_token(self, token: str) -> "Certificate":
        """The certificate behind a signed link, as `Enrolment.objects.from_token`; one whose name is forgotten does not exist."""
        pk = link_signer(CERTIFICATE_SALT).unsign(token, max_age=LINK_LIFE)
        return self.exclude(name="").get(pk=int(pk))


class Certificate(models.Model):
    """That somebody was there, with the facts as they were when it was issued.

    Whoever is shown one can check its code long after the request is deleted; by then only initials are left of the name
    (see domain.forget).
    """

    participant = models.OneToOneField(Participant, null=True, on_delete=models.SET_NULL, related_name="certificate")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code)
    language = models.CharField(_("language"), max_length=10)
    name = models.CharField(_("name"), max_length=NAME_LENGTH, blank=True)
    name_own_script = models.CharField(_("name in own script"), max_length=NAME_LENGTH, blank=True)
    initials = models.CharField(_("initials"), max_length=NAME_LENGTH)
    title = models.CharField(_("course"), max_length=310)
    minutes_attended = models.PositiveIntegerField()
    minutes_held = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    issued_at = models.DateTimeField(_("issued"))

    objects = CertificateManager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["id"]

    def __str__(self) -> str:
        """No name: see Enrolment."""
        return self.code

    @property
    def token(self) -> str:
        """Opens the file; in the letter, and on the page of the request."""
        return link_signer(CERTIFICATE_SALT).sign(str(self.pk))

    @property
    def hours_attended(self) -> str:
        return hours(self.minutes_attended)

    @property
    def hours_held(self) -> str:
        return hours(self.minutes_held)


class Message(models.Model):
    """What staff wrote to all of one state. `key` is the form's: pressed twice, sent once."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="messages")
    key = models.UUIDField(unique=True, editable=False)
    state = models.CharField(max_length=12, choices=State)
    texts = models.JSONField(help_text="{language: [subject, text]}")
    letters = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.key)


def hours(minutes: int) -> str:
    """As the reader writes numbers: 24, or 13,5."""
    return number_format(Decimal(minutes) / 60, 1 if minutes % 60 else 0)


def age_on(birth_date: date, day: date) -> int:
    """Whole years; who is born on 29 February has her birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


class Question(ClusterableModel):
    """What an edition may ask besides names and contact; written once for all editions. It says what it is for and how long its
    answers are kept, or it is not saved."""

    label = models.CharField(_("question, in Italian"), max_length=200)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    choices = models.TextField(
        _("answers to choose from"), blank=True, help_text=_("One on each line, if there are several to choose from.")
    )
    help = models.CharField(_("help"), max_length=250, blank=True)
    purpose = models.CharField(
        _("what for"), max_length=250, help_text=_("Everybody who is asked reads it. What is not needed is not asked.")
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days that answers are kept"),
        validators=[MaxValueValidator(LONGEST_KEPT)],
        help_text=_("After the last meeting; then they are deleted. As few as the purpose needs."),
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["label"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose=""), name="a_question_has_its_purpose"),
            models.CheckConstraint(condition=Q(retention_days__lte=LONGEST_KEPT), name="answers_go_before_requests"),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.kind == QuestionKind.CHOICE and len(lines(self.choices)) < 2:
            raise ValidationError({"choices": _("Write at least two answers, one on each line.")})
        before = Question.objects.filter(pk=self.pk, answers__isnull=False).first()
        if before is not None:
            self.check_promises(before)

    def check_promises(self, before: "Question") -> None:
        """What people read when they answered holds for their answers."""
        if before.kind != self.kind:
            raise ValidationError({"kind": _("People have answered this question: its kind stays.")})
        if before.purpose != self.purpose:
            raise ValidationError(
                {
                    "purpose": _(
                        "People have answered this question for this purpose. For another, write a new question."
                    )
                }
            )
        if before.retention_days < self.retention_days:
            raise ValidationError(
                {"retention_days": _("People have answered: their answers cannot be kept longer than we told them.")}
            )

    def said(self, name: str, language: str) -> str:
        """`label`, `help` or `purpose` in this language, in Italian where it is not translated."""
        return getattr(self.text_in(language), name, "") or getattr(self, name)

    def choices_in(self, language: str) -> list[tuple[str, str]]:
        """Each answer as it is kept, in Italian, and as it is read."""
        kept, read = lines(self.choices), lines(getattr(self.text_in(language), "choices", ""))
        return [(answer, read[index] if index < len(read) else answer) for index, answer in enumerate(kept)]

    def text_in(self, language: str) -> "QuestionText | None":
        return next((text for text in self.texts.all() if text.language == language), None)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class QuestionText(models.Model):
    """A question in a language."""

    question = ParentalKey(Question, related_name="texts", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    label = models.CharField(_("question"), max_length=200)
    choices = models.TextField(
        _("answers to choose from"), blank=True, help_text=_("In the same order as those in Italian.")
    )
    help = models.CharField(_("help"), max_length=250, blank=True)
    purpose = models.CharField(_("what for"), max_length=250)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "language"], name="one_text_per_question_and_language")
        ]

    def __str__(self) -> str:
        return self.label


class EditionQuestion(Orderable):
    """A question on the form of an edition, asked once for a party."""

    edition = ParentalKey(Edition, related_name="questions", on_delete=models.CASCADE)
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.PROTECT, related_name="editions"
    )
    required = models.BooleanField(_("an answer is needed"), default=False)

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["edition", "question"], name="a_question_once_per_edition")]

    def __str__(self) -> str:
        return str(self.question)


class Answer(models.Model):
    """What a party answered: words, a choice in Italian, yes or no, a number with a point, a day as 2026-10-20."""

    enrolment = models.ForeignKey(Enrolment, related_name="answers", on_delete=models.CASCADE)
    question = models.ForeignKey(Question, related_name="answers", on_delete=models.PROTECT)
    value = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "question"], name="one_answer_per_enrolment_and_question")
        ]

    def __str__(self) -> str:
        """Not what was answered."""
        return str(self.question)

    @property
    def shown(self) -> str:
        """As the reader reads it."""
        if self.question.kind == QuestionKind.DATE:
            return date_format(date.fromisoformat(self.value), "DATE_FORMAT")
        choices: list[Any] = []
        if self.question.kind == QuestionKind.CHOICE:
            choices = self.question.choices_in(get_language() or settings.LANGUAGE_CODE)
        elif self.question.kind == QuestionKind.YES_NO:
            choices = YES_OR_NO
        return str(dict(choices).get(self.value, self.value))


class LetterText(models.Model):
    """The subject and the first paragraph of a letter in an editor's own words. What counts (dates, links, codes) is not hers to write."""

    letter = models.CharField(_("letter"), max_length=20, choices=LetterKind)
    language = models.CharField(_("language"), max_length=10, choices=site_languages)
    subject = models.CharField(
        _("subject"),
        max_length=150,
        blank=True,
        validators=[validate_placeholders],
        help_text=_("Empty: as the site says it."),
    )
    opening = models.TextField(
        _("first paragraph"),
        max_length=1500,
        blank=True,
        validators=[validate_placeholders],
        help_text=_(
            "After the greeting, before the name of the course. Empty: as the site says it. You can write {name}, {course} and {people}: the letter puts in what the person is called, the course, and who takes part."
        ),
    )

    class Meta:
        verbose_name = _("words of a letter")
        verbose_name_plural = _("words of letters")
        ordering = ["letter", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language"],
                name="one_text_per_letter_and_language",
                violation_error_message=_("This letter has its words in this language already: change those."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_letter_display()} ({self.get_language_display()})"

    def filled(self, values: Mapping[str, str]) -> dict[str, str]:
        """Both with their `{placeholders}` replaced in one go: what a person is called is never read as a placeholder again."""

        def fill(text: str) -> str:
            return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)

        return {"subject": " ".join(fill(self.subject).split()), "opening": fill(self.opening)}
