"""Who is a member of the foundation, since when and until when, and how each came to be one."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from phonenumber_field.modelfields import PhoneNumberField

from associations.places.countries import country_name
from foundation_site.core.personal import CODE_LENGTH, new_code
from foundation_site.core.private_files import PrivateFile

from . import validators
from .enums import ApplicationState, DocumentKind, FieldOfWork, Interest, LegalForm, RuntsSection
from .languages import language_name


class WebAddressField(models.URLField):
    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class Body(models.Model):
    """What a member body says of itself: the same in its application and, once admitted, in the register."""

    name = models.CharField(_("name"), max_length=150, help_text=_("As it stands in the statute."))
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    name_own = models.CharField(
        _("name in its own language"), max_length=150, blank=True, help_text=_("In its own script, if it has one.")
    )
    name_own_language = models.CharField(
        _("language of that name"), max_length=10, blank=True, validators=[validators.language]
    )
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm)
    tax_code = models.CharField(
        _("tax code of the body"),
        max_length=11,
        blank=True,
        validators=[validators.tax_code_of_a_body],
        help_text=_("11 digits. Not that of a person."),
    )
    runts_section = models.CharField(
        _("section of the RUNTS"),
        max_length=20,
        choices=RuntsSection,
        blank=True,
        help_text=_(
            "The national register of the third sector. Leave it empty if you are not in it: you can join all the same."
        ),
    )
    runts_number = models.CharField(_("number in the RUNTS"), max_length=30, blank=True)
    runts_date = models.DateField(_("in the RUNTS since"), null=True, blank=True)
    founded = models.PositiveSmallIntegerField(
        _("year of foundation"), null=True, blank=True, validators=validators.founding_year
    )
    branch_of = models.CharField(
        _("branch of"), max_length=150, blank=True, help_text=_("The national or international body, if there is one.")
    )
    seat_address = models.CharField(
        _("address of the seat"), max_length=200, blank=True, help_text=_("It may be care of somebody.")
    )
    seat_city = models.CharField(_("city of the seat"), max_length=100, blank=True)
    seat_public = models.BooleanField(_("show the address of the seat to everybody"), default=False)
    public_email = models.EmailField(_("e-mail address for everybody"), blank=True)
    public_phone = PhoneNumberField(_("phone for everybody"), blank=True)
    pec = models.EmailField(_("certified e-mail (PEC)"), blank=True)
    website = WebAddressField(_("website"), blank=True)
    members = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    volunteers = models.PositiveIntegerField(_("number of volunteers"), null=True, blank=True)
    mixed = models.BooleanField(
        _("people of many countries"),
        default=False,
        help_text=_("The body does not speak for one country in particular."),
    )
    presentation = models.TextField(
        _("who you are, in three sentences"),
        max_length=300,
        blank=True,
        help_text=_("Everybody will be able to read it in the list of associations, after you are admitted."),
    )

    class Meta:
        abstract = True

    def body_values(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in Body._meta.get_fields()}


class Association(Body, ClusterableModel):
    """A body that is, or was, a member. It is one as long as it has an open membership."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    language = models.CharField(
        _("language of our letters"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Where we write. It is never published."))
    phone = PhoneNumberField(_("phone"), blank=True, help_text=_("It is never published."))
    note = models.TextField(_("note"), blank=True, help_text=_("Only the office reads it."))

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("associations")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=~Q(tax_code=""),
                name="one_association_per_tax_code",
                violation_error_message=_("An association with this tax code is already in the register."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    # What readers see. Each reads rows fetched beforehand (see queries.PUBLIC_ROWS): no query per association.

    @property
    def community_names(self) -> list[str]:
        """Its countries in the reader's language."""
        return sorted(country_name(row.country) for row in self.communities.all())

    @property
    def language_names(self) -> list[str]:
        return sorted(language_name(row.language) for row in self.languages.all())

    @property
    def field_names(self) -> list[str]:
        return [row.get_field_display() for row in self.fields.all()]

    @property
    def present_membership(self) -> "Membership | None":
        """Its last day counts, as in queries.valid_on."""
        today = timezone.localdate()
        rows = self.memberships.all()
        return next((row for row in rows if row.since <= today and (row.until is None or today <= row.until)), None)

    @property
    def member_number(self) -> int | None:
        membership = self.present_membership
        return membership.number if membership else None

    @property
    def member_since(self) -> Any:
        """The day on which its present membership began; None when it is no longer a member."""
        membership = self.present_membership
        return membership.since if membership else None


class AssociationCommunity(models.Model):
    """A country that people of the association come from or feel part of."""

    association = ParentalKey(Association, related_name="communities", on_delete=models.CASCADE)
    country = models.CharField(_("country"), max_length=2, validators=[validators.country])

    class Meta:
        verbose_name = _("country of the community")
        verbose_name_plural = _("countries of the community")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["association", "country"], name="one_row_per_association_and_country")
        ]

    def __str__(self) -> str:
        return country_name(self.country)


class AssociationLanguage(models.Model):
    association = ParentalKey(Association, related_name="languages", on_delete=models.CASCADE)
    language = models.CharField(_("language"), max_length=10, validators=[validators.language])

    class Meta:
        verbose_name = _("language spoken")
        verbose_name_plural = _("languages spoken")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["association", "language"], name="one_row_per_association_and_language")
        ]

    def __str__(self) -> str:
        return language_name(self.language)


class AssociationField(models.Model):
    association = ParentalKey(Association, related_name="fields", on_delete=models.CASCADE)
    field = models.CharField(_("field of work"), max_length=20, choices=FieldOfWork)

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["association", "field"], name="one_row_per_association_and_field")
        ]

    def __str__(self) -> str:
        return self.get_field_display()


class Membership(models.Model):
    """A time during which an association is a member. Leaving closes it; coming back opens another, with its own number."""

    association = models.ForeignKey(
        Association, verbose_name=_("association"), on_delete=models.PROTECT, related_name="memberships"
    )
    number = models.PositiveIntegerField(
        _("number"), unique=True, error_messages={"unique": _("This number belongs to another membership.")}
    )
    since = models.DateField(_("since"))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Its last day. Empty as long as it is a member.")
    )
    resolution = models.CharField(
        _("resolution"), max_length=80, blank=True, help_text=_("Number and date of the decision.")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["association"],
                condition=Q(until=None),
                name="one_open_membership_per_association",
                violation_error_message=_("This association is already a member."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="membership_ends_after_it_began",
                violation_error_message=_("A membership cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.association}"

    def clean(self) -> None:
        """What is written stays: a closed membership is not opened again, and two of one association do not overlap."""
        before = Membership.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.until and before.until != self.until:
            raise ValidationError(_("This membership has ended. If the association comes back, it gets a new one."))
        if not self.association_id or not self.since:
            return
        others = Membership.objects.filter(association=self.association_id).exclude(pk=self.pk)
        overlapping = others.filter(Q(until=None) | Q(until__gte=self.since))
        if self.until:
            overlapping = overlapping.filter(since__lte=self.until)
        if overlapping.exists():
            raise ValidationError(_("The association was already a member at that time."))


class Roll(models.Model):
    """The one row that owns the last number given: whoever gives the next locks it."""

    last_number = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last_number)


class Application(Body):
    """A body asks to become a member: from the first words to the decision, which stays."""

    reference = models.CharField(_("code"), max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    request_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    language = models.CharField(_("language of our letters"), max_length=10, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=20, choices=ApplicationState, default=ApplicationState.DRAFT)

    representative_name = models.CharField(_("legal representative: name"), max_length=150, blank=True)
    representative_role = models.CharField(
        _("legal representative: role"), max_length=80, blank=True, help_text=_("For instance president.")
    )
    representative_phone = PhoneNumberField(_("legal representative: phone"), blank=True)
    contact_name = models.CharField(
        _("your name"), max_length=150, help_text=_("Who we speak with about this application.")
    )
    contact_email = models.EmailField(
        _("your e-mail address"), help_text=_("There we send the link to go on, and our answers.")
    )
    contact_phone = PhoneNumberField(_("your phone"), blank=True)
    officers = models.TextField(
        _("the board: names and roles"),
        max_length=2000,
        blank=True,
        help_text=_("One person a line. No tax codes. Only the office reads it."),
    )

    communities = models.JSONField(_("countries"), default=list, blank=True, validators=[validators.countries])
    languages = models.JSONField(_("languages spoken"), default=list, blank=True, validators=[validators.languages])
    fields_of_work = models.JSONField(_("fields of work"), default=list, blank=True)
    interests = models.JSONField(_("what you would like to do with us"), default=list, blank=True)
    activities = models.TextField(
        _("what you did in the last year"),
        max_length=4000,
        blank=True,
        help_text=_("Ten lines are enough. You may add a report among the papers."),
    )

    statements_accepted_at = models.DateTimeField(_("statements accepted"), null=True, blank=True)
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    state_since = models.DateTimeField(_("in this state since"), default=timezone.now)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    missing = models.TextField(_("what is missing"), max_length=2000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    association = models.ForeignKey(
        Association,
        verbose_name=_("association"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-state_since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ApplicationState.ADMITTED, association__isnull=False)
                | (~Q(state=ApplicationState.ADMITTED) & Q(association=None)),
                name="admitted_means_an_association",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.REFUSED) | ~Q(reason=""), name="refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ApplicationState.OPEN)
                | Q(sent_at__isnull=False, statements_accepted_at__isnull=False),
                name="open_means_sent_and_accepted",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(reviewer=None) | ~Q(decided_by=F("reviewer")),
                name="decided_by_another_than_the_reviewer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    @property
    def writable(self) -> bool:
        return self.state in ApplicationState.WRITABLE

    @property
    def sent(self) -> bool:
        return self.sent_at is not None

    @property
    def community_names(self) -> list[str]:
        return sorted(country_name(code) for code in self.communities)

    @property
    def language_names(self) -> list[str]:
        return sorted(language_name(code) for code in self.languages)

    @property
    def field_names(self) -> list[str]:
        return [str(FieldOfWork(value).label) for value in self.fields_of_work if value in FieldOfWork]

    @property
    def interest_names(self) -> list[str]:
        return [str(Interest(value).label) for value in self.interests if value in Interest]


class ApplicationDocument(models.Model):
    """A paper that came with an application. Its content lies encrypted in the private store."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    file = models.OneToOneField(PrivateFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"
