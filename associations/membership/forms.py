"""HTTP input to clean values, nothing else: what is kept and what is missing, the domain says."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from associations.places.countries import sorted_by_name
from foundation_site.core.robots import RobotTrapMixin

from .domain.send import REQUIRED
from .enums import DocumentKind, FieldOfWork, Interest
from .languages import choices as language_choices
from .models import Application
from .validators import compact_tax_code
from .widgets import SeveralField

LEFT_TO_RIGHT = {"dir": "ltr"}


def country_choices() -> list[tuple[str, str]]:
    return list(sorted_by_name().items())


class StepForm(forms.ModelForm):
    """A step can be saved with gaps, also where something is needed to send the application: people have not everything at
    hand. What cannot be empty at all is `at_once`; what is needed to send is shown as such (without “optional”)."""

    step: ClassVar[str] = ""
    at_once: ClassVar[tuple[str, ...]] = ()
    sections: ClassVar[dict[Any, tuple[str, ...]]] = {}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in REQUIRED[self.step]:
            self.fields[name].required = True
            self.fields[name].widget.is_required = name in self.at_once

    def _clean_fields(self) -> None:
        later = [name for name in REQUIRED[self.step] if name not in self.at_once]
        for name in later:
            self.fields[name].required = False
        super()._clean_fields()  # type: ignore[misc]  # private to Django, and the only place between "asked" and "demanded"
        for name in later:
            self.fields[name].required = True

    def grouped(self) -> list[tuple[Any, list[BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in self.sections.items()]


class WhoForm(StepForm):
    step = "who"
    at_once = ("name", "legal_form", "contact_name", "contact_email")
    sections = {
        _("The association"): (
            "name", "short_name", "name_own", "name_own_language", "legal_form", "tax_code", "founded", "branch_of",
        ),
        _("You, and who represents the association"): (
            "contact_name", "contact_email", "contact_phone", "representative_name", "representative_role", "representative_phone",
        ),
        _("Seat and contacts"): (
            "seat_address", "seat_city", "seat_public", "public_email", "public_phone", "pec", "website",
        ),
        _("National register of the third sector"): ("runts_section", "runts_number", "runts_date"),
    }  # fmt: skip

    class Meta:
        model = Application
        fields = (
            "name", "short_name", "name_own", "name_own_language", "legal_form", "tax_code", "founded", "branch_of",
            "contact_name", "contact_email", "contact_phone", "representative_name", "representative_role",
            "representative_phone", "seat_address", "seat_city", "seat_public", "public_email", "public_phone", "pec",
            "website", "runts_section", "runts_number", "runts_date",
        )  # fmt: skip
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "name_own": forms.TextInput(attrs={"dir": "auto"}),
            "tax_code": forms.TextInput(attrs={**LEFT_TO_RIGHT, "inputmode": "numeric"}),
            "runts_number": forms.TextInput(attrs=LEFT_TO_RIGHT),
            "runts_date": forms.DateInput(format="%Y-%m-%d", attrs={**LEFT_TO_RIGHT, "type": "date"}),
            "contact_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "contact_email": forms.EmailInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "email"}),
            "pec": forms.EmailInput(attrs=LEFT_TO_RIGHT),
            "public_email": forms.EmailInput(attrs=LEFT_TO_RIGHT),
            "website": forms.URLInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "url"}),
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["name_own_language"] = forms.ChoiceField(
            label=self.fields["name_own_language"].label, choices=[("", "–"), *language_choices()], required=False
        )
        self.fields["contact_phone"].widget.attrs["autocomplete"] = "tel"
        self.fields["tax_code"] = TaxCodeField(
            label=self.fields["tax_code"].label,
            help_text=self.fields["tax_code"].help_text,
            widget=self.fields["tax_code"].widget,
        )
        # The model's eleven would cut off what is copied with spaces and IT in front.
        self.fields["tax_code"].widget.attrs["maxlength"] = 20
        for name in ("contact_phone", "representative_phone", "public_phone"):
            self.fields[name].widget.attrs["dir"] = "ltr"


class TaxCodeField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return compact_tax_code(super().to_python(value) or "")


class StartForm(RobotTrapMixin, WhoForm):
    """The first step of an application that does not exist yet. `key` names this try, so that sent twice it is one."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WhoForm.Meta.fields}


class WhatForm(StepForm):
    step = "what"
    sections = {
        _("Communities and languages"): ("communities", "mixed", "languages"),
        _("Your work"): ("fields_of_work", "activities", "presentation", "interests"),
        _("The people"): ("members", "volunteers", "officers"),
    }

    communities = SeveralField(
        label=_("Countries that your people come from or feel part of"),
        help_text=_("If they come from many, tick the box below instead."),
        choices=country_choices,
        required=False,
    )
    languages = SeveralField(label=_("Languages spoken among you"), choices=language_choices, required=False)
    fields_of_work = forms.MultipleChoiceField(
        label=_("Fields of work"), choices=FieldOfWork.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    interests = forms.MultipleChoiceField(
        label=_("What you would like to do with us"),
        choices=Interest.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Application
        fields = (
            "communities", "mixed", "languages", "fields_of_work", "activities", "presentation", "interests", "members", "volunteers", "officers",
        )  # fmt: skip
        widgets = {
            "activities": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "presentation": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "officers": forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
            "members": forms.NumberInput(attrs={"inputmode": "numeric", "min": 1}),
            "volunteers": forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
        }


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which paper is it?"), choices=DocumentKind.choices)
    file = forms.FileField(
        label=_("The file"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB. A clear photo of the pages will do."),
        allow_empty_file=True,  # the store says it in words that help
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"}),
        error_messages={"required": _("Choose a file first.")},
    )


class SendForm(forms.Form):
    """The three statements without which nobody becomes a member."""

    aims = forms.BooleanField(
        label=_(
            "We share the aims of the foundation: dialogue, equal rights, refusal of racism and of every extremism."
        ),
        error_messages={"required": _("Without this you cannot become a member.")},
    )
    democratic = forms.BooleanField(
        label=_("We are non-profit, our leaders are elected by the members and are not paid for it."),
        error_messages={"required": _("Without this you cannot become a member.")},
    )
    delegate = forms.BooleanField(
        label=_("If we are admitted, we name one person who votes in the assembly and one who stands in."),
        error_messages={"required": _("Without this you cannot become a member.")},
    )


class LinkForm(RobotTrapMixin, forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("The one with which the application was begun."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )


class AskForm(forms.Form):
    """Desk: what is missing, in words for the association."""

    missing = forms.CharField(label=_("What is missing"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class RefuseForm(forms.Form):
    """Desk: why not, in words for the association."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class AdmitForm(forms.Form):
    """Desk: the act by which the board decided."""

    resolution = forms.CharField(label=_("Number and date of the resolution"), max_length=80, required=False)
