"""HTTP input to clean values, nothing else."""

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from phonenumber_field.formfields import PhoneNumberField

from foundation_site.core.robots import RobotTrapMixin

from .domain.enrol import Contact, Person
from .enums import DECLARATIONS, AgeBand, Channel, EnrolmentMode
from .models import FULL_AGE, NAME_LENGTH, Edition, age_on
from .validators import folded, site_languages, validate_name

LEFT_TO_RIGHT = {"dir": "ltr"}
OLDEST = 120


def name_field(label: Any, *, help_text: Any = "", autocomplete: str = "", required: bool = True) -> forms.CharField:
    attrs = {"dir": "auto", **({"autocomplete": autocomplete} if autocomplete else {})}
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=NAME_LENGTH,
        validators=[validate_name],
        widget=forms.TextInput(attrs=attrs),
    )


def phone_field(*, help_text: Any) -> PhoneNumberField:
    return PhoneNumberField(
        label=gettext_lazy("Phone"),
        help_text=help_text,
        required=False,
        error_messages={
            "invalid": gettext_lazy(
                "This is not a phone number that we can call. For a number of another country begin with +."
            )
        },
        widget=forms.TextInput(
            attrs={**LEFT_TO_RIGHT, "type": "tel", "autocomplete": "tel", "inputmode": "tel", "maxlength": 40}
        ),
    )


class PartyForm(forms.Form):
    """One person, and how to reach her or her guardian. Asks only what this edition needs."""

    name = name_field(
        gettext_lazy("Name and surname"),
        help_text=gettext_lazy("One name is enough, if you have one."),
        autocomplete="name",
    )
    name_own_script = name_field(
        gettext_lazy("Your name in its own alphabet"),
        help_text=gettext_lazy("For example سميرة or 明慧."),
        required=False,
    )
    call_me = name_field(gettext_lazy("What shall we call you?"), required=False, autocomplete="nickname")
    birth_date = forms.DateField(
        label=gettext_lazy("Date of birth"),
        help_text=gettext_lazy("There is a rule of age here."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={**LEFT_TO_RIGHT, "type": "date", "autocomplete": "bday"}),
    )
    adult = forms.BooleanField(
        label=gettext_lazy("I am 18 or older"),
        error_messages={"required": gettext_lazy("This is for adults. Tick the box if you are 18 or older.")},
    )
    guardian = name_field(
        gettext_lazy("Parent or guardian"),
        help_text=gettext_lazy("Name and surname, if the person is under 18."),
        required=False,
    )
    declared = forms.MultipleChoiceField(
        label=gettext_lazy("What holds for you?"),
        help_text=gettext_lazy("It decides who comes first in the draw. Tick only what is true: we may ask for proof."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("E-mail or phone: one is enough. Letters come by e-mail."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "email"}),
    )
    phone = phone_field(help_text=gettext_lazy("If you give only a phone number, we call you."))
    language = forms.ChoiceField(label=gettext_lazy("In which language shall we write to you?"))

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.fields["language"].choices = site_languages()  # type: ignore[attr-defined]  # a field of choices, which the stubs do not say
        self.fields["language"].initial = get_language
        if edition.asks_birth_date:  # whoever fills this in is often not the one who takes part
            self.fields["name"].label = _("Name and surname of the person who takes part")
            self.fields["name"].widget.attrs["autocomplete"] = "off"
        else:
            del self.fields["birth_date"], self.fields["guardian"]
        if not edition.adults_only:
            del self.fields["adult"]

        self.declarations = [
            (kind, DECLARATIONS[kind])
            for kind in edition.priorities.values_list("kind", flat=True)
            if kind in DECLARATIONS
        ]
        if self.declarations and edition.enrolment == EnrolmentMode.DRAW:
            self.fields["declared"].choices = self.declarations  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["declared"]

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if born > today:
            raise forms.ValidationError(_("This day has not come yet. Write the day of birth."))
        if age_on(born, today) > OLDEST:
            raise forms.ValidationError(_("Look at the year again."))
        return born

    def clean_email(self) -> str:
        return folded(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not {"email", "phone"} & set(self.errors) and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can reach you."))
        born = cleaned.get("birth_date")
        if (
            born
            and not cleaned.get("guardian")
            and "guardian" not in self.errors
            and age_on(born, timezone.localdate()) < FULL_AGE
        ):
            self.add_error("guardian", _("Who is under 18 is enrolled by a parent or guardian: write her or his name."))
        return cleaned

    @property
    def contact(self) -> Contact:
        values = self.cleaned_data
        return Contact(
            name=values.get("guardian") or values["name"],
            language=values["language"],
            email=values["email"],
            phone=values["phone"].as_e164 if values["phone"] else "",
        )

    @property
    def people(self) -> list[Person]:
        values = self.cleaned_data
        return [
            Person(
                name=values["name"],
                name_own_script=values["name_own_script"],
                call_me=values["call_me"],
                birth_date=values.get("birth_date"),
                age_band=AgeBand.ADULT if values.get("adult") else AgeBand.UNKNOWN,
            )
        ]


class EnrolForm(RobotTrapMixin, PartyForm):
    """The public form. `request_key` makes a double click, a retry and the back button one request."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = [
        "name",
        "name_own_script",
        "call_me",
        "birth_date",
        "adult",
        "guardian",
        "declared",
        "email",
        "phone",
        "language",
    ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
        # Hidden: nobody can mend it, so a spoilt key becomes a new one instead of an error.
        self.fields["request_key"].clean = clean_key  # type: ignore[method-assign]

    def renew_key(self) -> None:
        self.data = {**self.data.dict(), self.add_prefix("request_key"): str(uuid.uuid4())}  # type: ignore[attr-defined]  # a QueryDict


def clean_key(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.uuid4()


class DeskForm(PartyForm):
    """For staff, with the person at the desk or on the phone."""

    channel = forms.ChoiceField(label=gettext_lazy("How the request came"))
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(key, label) for key, label in Channel.choices if key in Channel.STAFF]  # type: ignore[attr-defined]  # as above


class FindForm(forms.Form):
    """The way to a request without the letter."""

    receipt_code = forms.CharField(
        label=gettext_lazy("Receipt code"),
        help_text=gettext_lazy("Eight letters and numbers, as in the letter or on the receipt."),
        max_length=20,
        widget=forms.TextInput(
            attrs={**LEFT_TO_RIGHT, "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    contact = forms.CharField(
        label=gettext_lazy("E-mail or phone"),
        help_text=gettext_lazy("The one that you gave when you enrolled."),
        max_length=254,
        widget=forms.TextInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "email"}),
    )

    def clean_receipt_code(self) -> str:
        return "".join(char for char in self.cleaned_data["receipt_code"].upper() if char.isalnum())

    @property
    def address(self) -> dict[str, str]:
        """`email` or `phone`, as they are kept."""
        given = self.cleaned_data["contact"]
        if "@" in given:
            return {"email": folded(given)}
        try:
            return {"phone": PhoneNumberField().clean(given).as_e164}
        except forms.ValidationError:
            return {}
