"""HTTP input to clean values, nothing else."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.conf import settings
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from phonenumber_field.formfields import PhoneNumberField

from foundation_site.core.languages import language
from foundation_site.core.robots import RobotTrapMixin

from .domain.assess import Mark
from .domain.party import Contact, Person, age_days, age_problem, guardian_problems, minors
from .enums import DECLARATIONS, YES_OR_NO, AgeBand, Channel, EnrolmentMode, QuestionKind, Relation
from .models import NAME_LENGTH, REASON_LENGTH, Criterion, Edition, EditionQuestion, Score, age_on
from .queries import meetings_of
from .validators import folded, site_languages, validate_name

LEFT_TO_RIGHT = {"dir": "ltr"}
OLDEST = 120
ANSWER_LENGTH = 500


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


class PersonForm(forms.Form):
    """One who takes part. Asks only what this edition needs."""

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

    number = 0  # of several; 0 where there is only one

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not edition.asks_birth_date:
            del self.fields["birth_date"]
        if not edition.adults_only:
            del self.fields["adult"]
        if edition.asks_contact:  # whoever fills this in is often not the one who takes part
            for field in self.fields.values():
                field.widget.attrs["autocomplete"] = "off"
            self.fields["name"].label = _("Name and surname of the person who takes part")
            self.fields["name_own_script"].label = _("The name in its own alphabet")
            self.fields["call_me"].label = _("What shall we call this person?")
        if edition.asks_contact and edition.adults_only:
            self.fields["adult"].label = _("This person is 18 or older")

    @property
    def heading(self) -> str:
        return _("Person %(number)s") % {"number": self.number} if self.number else ""

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if born > today:
            raise forms.ValidationError(_("This day has not come yet. Write the day of birth."))
        if age_on(born, today) > OLDEST:
            raise forms.ValidationError(_("Look at the year again."))
        return born

    @property
    def person(self) -> Person:
        values = self.cleaned_data
        return Person(
            name=values["name"],
            name_own_script=values["name_own_script"],
            call_me=values["call_me"],
            birth_date=values.get("birth_date"),
            age_band=AgeBand.ADULT if values.get("adult") else AgeBand.UNKNOWN,
        )


class People(forms.BaseFormSet):
    """The people of a party, a block each. Empty blocks after the first are ignored."""

    default_error_messages = {
        "missing_management_form": gettext_lazy(
            "A part of the form did not arrive. Look whether everybody is here, and press the button once more."
        ),
        "too_many_forms": gettext_lazy("There were more people than one request can hold. Look who is left."),
    }

    def initial_form_count(self) -> int:
        return 0

    def total_form_count(self) -> int:
        return max(super().total_form_count(), 1)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.number = (index or 0) + 1  # type: ignore[attr-defined]  # a PersonForm

    @property
    def count(self) -> ManagementForm:
        """How many blocks are shown, whatever was said by the form that was sent."""
        return ManagementForm(prefix=self.prefix, initial={TOTAL_FORM_COUNT: len(self.forms), INITIAL_FORM_COUNT: 0})


class RequestForm(forms.Form):
    """Who takes part (`people_forms`); and, once for all of them, who asks, how to reach her, and what holds for her."""

    contact_name = name_field(
        gettext_lazy("Parent or guardian"),
        help_text=gettext_lazy("Name and surname, if the person is under 18."),
        required=False,
        autocomplete="name",
    )
    relation = forms.ChoiceField(
        label=gettext_lazy("If somebody is under 18, you are"),
        choices=Relation.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    responsible = forms.BooleanField(
        label=gettext_lazy(
            "I have parental responsibility for who is under 18, or act for who has it, and whoever shares it agrees."
        ),
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

    def __init__(self, data: Any = None, *, edition: Edition, people: Sequence[dict[str, Any]] = ({},), **kwargs: Any):
        """`people`: what is written in the blocks of a form that has not been sent."""
        super().__init__(data, **kwargs)
        self.edition = edition
        self.people = people_formset(edition, data, people) if edition.party_max > 1 else None
        self.people_forms = self.people.forms if self.people else [PersonForm(data, edition=edition, initial=people[0])]
        self.fields["language"].choices = site_languages()  # type: ignore[attr-defined]  # a field of choices, which the stubs do not say
        self.fields["language"].initial = get_language
        if not edition.asks_birth_date:
            del self.fields["relation"], self.fields["responsible"]
        if not edition.asks_contact:
            del self.fields["contact_name"]
        elif edition.party_max > 1:
            self.fields["contact_name"].label = _("Who writes for all")
            self.fields["contact_name"].help_text = _(
                "Name and surname; of a parent or guardian where somebody is under 18. Leave it empty if it is the first person."
            )

        self.declarations = [
            (kind, DECLARATIONS[kind])
            for kind in edition.priorities.values_list("kind", flat=True)
            if kind in DECLARATIONS
        ]
        if self.declarations and edition.enrolment in EnrolmentMode.TOGETHER:
            if edition.enrolment == EnrolmentMode.SELECTION:
                self.fields["declared"].help_text = _(
                    "It decides who comes first among people with the same points. Tick only what is true: we may ask for proof."
                )
            self.fields["declared"].choices = self.declarations  # type: ignore[attr-defined]  # as above
        else:
            del self.fields["declared"]

        self.questions = {
            f"question_{asked.question_id}": asked
            for asked in edition.questions.select_related("question").prefetch_related("question__texts")
        }
        self.fields |= {name: question_field(asked) for name, asked in self.questions.items()}

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by the id of the question, as it is kept."""
        given = {asked.question_id: self.cleaned_data[name] for name, asked in self.questions.items()}
        return {
            question: f"{value:f}" if isinstance(value, Decimal) else str(value)
            for question, value in given.items()
            if value not in ("", None)
        }

    @property
    def parts(self) -> list[forms.Form]:
        """All forms of the page, in its order."""
        return [*self.people_forms, self]

    def is_valid(self) -> bool:
        return super().is_valid() and all(form.is_valid() for form in self.people_forms)

    def clean_email(self) -> str:
        return folded(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        if not {"email", "phone"} & set(self.errors) and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can reach you."))
        for error in self.people.non_form_errors() if self.people else ():
            self.add_error(None, error)
        if self.edition.asks_birth_date:
            self.check_ages()
        return cleaned

    def check_ages(self) -> None:
        """What the verb asks again under the lock; here each sentence stands at its field."""
        days = age_days(self.edition, meetings_of(self.edition), now=timezone.now())
        for form in self.filled:
            problem = age_problem(form.person, self.edition, first=days[1])
            if problem:
                form.add_error("birth_date", problem)
        young = minors([form.person for form in self.filled], days=days)
        for attribute, problem in guardian_problems(self.contact, young).items():
            name = "contact_name" if attribute == "name" else attribute
            if name not in self.errors:
                self.add_error(name, problem)

    @property
    def filled(self) -> list[PersonForm]:
        """The blocks that are written in and right so far."""
        return [form for form in self.people_forms if form.is_valid() and form.cleaned_data]

    @property
    def party(self) -> list[Person]:
        return [form.person for form in self.filled]

    @property
    def contact(self) -> Contact:
        values = self.cleaned_data
        first = self.people_forms[0].cleaned_data
        return Contact(
            name=values.get("contact_name") or first.get("name", ""),
            language=values.get("language", ""),
            email=values.get("email", ""),
            phone=values["phone"].as_e164 if values.get("phone") else "",
            relation=values.get("relation", ""),
            responsible=values.get("responsible", False),
        )

    @property
    def can_add(self) -> bool:
        return len(self.people_forms) < self.edition.party_max

    def rearranged(self) -> Self | None:
        """The form with one block more or one less and everything typed kept, not yet checked; None if another button was pressed."""
        if self.people is None or not {"add", "take_out"} & set(self.data):
            return None
        out = self.data.get("take_out", "")
        kept = [typed(form) for index, form in enumerate(self.people_forms) if str(index) != out]
        adds = "add" in self.data and self.can_add
        form = type(self)(edition=self.edition, initial=typed(self), people=[*kept, {}] if adds or not kept else kept)
        if adds:
            form.people_forms[-1].fields["name"].widget.attrs["autofocus"] = True
        return form


def question_field(asked: EditionQuestion) -> forms.Field:
    """With what it is for, and until when the answer is kept."""
    question, language = asked.question, get_language() or settings.LANGUAGE_CODE
    why = _("What we need it for: %(purpose)s.") % {"purpose": question.said("purpose", language).rstrip(".")}
    kept = ngettext(
        "We delete the answer %(days)s day after the last meeting.",
        "We delete the answer %(days)s days after the last meeting.",
        question.retention_days,
    ) % {"days": question.retention_days}
    given: dict[str, Any] = {
        "label": question.said("label", language),
        "help_text": f"{question.said('help', language)} {why} {kept}".strip(),
        "required": asked.required,
    }
    match question.kind:
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=question.choices_in(language), widget=forms.RadioSelect, **given)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(choices=YES_OR_NO, widget=forms.RadioSelect, **given)
        case QuestionKind.NUMBER:
            return forms.DecimalField(max_digits=12, decimal_places=2, **given)
        case QuestionKind.DATE:
            attrs = {**LEFT_TO_RIGHT, "type": "date"}
            return forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs=attrs), **given)
    return forms.CharField(max_length=ANSWER_LENGTH, widget=forms.TextInput(attrs={"dir": "auto"}), **given)


def people_formset(edition: Edition, data: Any, people: Sequence[dict[str, Any]]) -> Any:
    """A People; the stubs do not know the base that is given to a factory."""
    blocks = forms.formset_factory(
        PersonForm,
        formset=People,
        extra=len(people) - 1,
        min_num=1,
        max_num=edition.party_max,
        absolute_max=edition.party_max,
        validate_max=True,
    )
    return blocks(data, prefix="people", initial=people, form_kwargs={"edition": edition})


def typed(form: forms.Form) -> dict[str, Any]:
    """What was written in the fields of a form that was sent, as it was written."""
    return {
        name: field.widget.value_from_datadict(form.data, {}, form.add_prefix(name))
        for name, field in form.fields.items()
    }


class EnrolForm(RobotTrapMixin, RequestForm):
    """The public form. `request_key` makes a double click, a retry and the back button one request."""

    request_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["request_key"].initial = uuid.uuid4
        # Hidden: nobody can mend it, so a spoilt key becomes a new one instead of an error.
        self.fields["request_key"].clean = clean_key  # type: ignore[method-assign]

    def renew_key(self) -> None:
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, which the stubs do not say
        data[self.add_prefix("request_key")] = str(uuid.uuid4())
        self.data = data


def clean_key(value: Any) -> uuid.UUID:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return uuid.uuid4()


class DeskForm(RequestForm):
    """For staff, with the person at the desk or on the phone."""

    channel = forms.ChoiceField(label=gettext_lazy("How the request came"))
    request_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(key, label) for key, label in Channel.choices if key in Channel.STAFF]  # type: ignore[attr-defined]  # as above


class CancelForm(forms.Form):
    """Why an edition is called off, in the words of each language; all may stay empty."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for code, name in site_languages():
            attrs = {"rows": 2, "lang": code, "dir": language(code).dir}
            self.fields[code] = forms.CharField(
                label=_("Reason (%(language)s)") % {"language": name},
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs=attrs),
            )

    @property
    def reason(self) -> dict[str, str]:
        return {code: text for code, text in self.cleaned_data.items() if text}


class CopyForm(forms.ModelForm):
    """What tells the next edition from the one that is copied."""

    first_day = forms.DateField(
        label=gettext_lazy("First meeting"),
        help_text=gettext_lazy("On the same weekday as now; all meetings and the enrolment move with it."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    class Meta:
        model = Edition
        fields = ["label", "slug"]

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not edition.meetings.exists():
            del self.fields["first_day"]


class MessageForm(forms.Form):
    """Subject and text in Italian, and in each other language that is read here, or neither."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.languages = [code for code, _name in site_languages() if code in (settings.LANGUAGE_CODE, *languages)]
        for code in self.languages:
            info, required = language(code), code == settings.LANGUAGE_CODE
            attrs = {"lang": code, "dir": info.dir}
            self.fields[f"subject_{code}"] = forms.CharField(
                label=_("Subject, %(language)s") % {"language": info.name},
                max_length=150,
                required=required,
                widget=forms.TextInput(attrs=attrs),
            )
            self.fields[f"text_{code}"] = forms.CharField(
                label=_("Text, %(language)s") % {"language": info.name},
                max_length=5000,
                required=required,
                widget=forms.Textarea(attrs={**attrs, "rows": 8}),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for code in self.languages:
            subject, text = cleaned.get(f"subject_{code}"), cleaned.get(f"text_{code}")
            if bool(subject) != bool(text) and code != settings.LANGUAGE_CODE:
                self.add_error(f"subject_{code}", _("Write both, the subject and the text, or leave both empty."))
        return cleaned

    @property
    def texts(self) -> dict[str, tuple[str, str]]:
        """(subject, text) of each language that was written in; a subject is one line."""
        values = self.cleaned_data
        return {
            code: (" ".join(values[f"subject_{code}"].split()), values[f"text_{code}"])
            for code in self.languages
            if values[f"text_{code}"]
        }


class ReasonForm(forms.Form):
    """Why staff take a step for somebody."""

    reason = forms.CharField(max_length=300)

    def __init__(self, *args: Any, needed: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needed


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
        return bare(self.cleaned_data["receipt_code"])

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


class TellMeForm(RobotTrapMixin, forms.Form):
    """For who wants to be told first of the next edition: one way to reach her, and in which language."""

    name = name_field(gettext_lazy("What shall we call you?"), required=False, autocomplete="name")
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("E-mail or phone: one is enough. Of two we keep the e-mail."),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "email"}),
    )
    phone = phone_field(help_text=gettext_lazy("If you give only a phone number, we call you."))
    language = forms.ChoiceField(label=gettext_lazy("In which language shall we write to you?"))

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = site_languages()  # type: ignore[attr-defined]  # a field of choices, which the stubs do not say
        self.fields["language"].initial = get_language

    def clean(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if not {"email", "phone"} & set(self.errors) and not given.get("email") and not given.get("phone"):
            self.add_error("email", _("Give an e-mail address or a phone number, so that we can reach you."))
        return super().clean()

    @property
    def contact(self) -> Contact:
        values = self.cleaned_data
        phone = values["phone"].as_e164 if values["phone"] else ""
        return Contact(name=values["name"], language=values["language"], email=values["email"], phone=phone)


class CloseListForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why can nobody on the list have a place any more?"),
        help_text=gettext_lazy("For the history of the edition. People get the letter “no place this time”."),
        max_length=250,
    )


class AssessForm(forms.Form):
    """A score and a reason in each criterion, filled with what this assessor has given before."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], scores: Iterable[Score] = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criteria = list(criteria)
        given = {score.criterion_id: score for score in scores}
        for criterion in self.criteria:
            known = given.get(criterion.pk)
            self.fields[f"points_{criterion.pk}"] = forms.IntegerField(
                label=criterion.label,
                help_text=_("From 0 to %(highest)s; weight %(weight)s.")
                % {"highest": criterion.highest, "weight": criterion.weight},
                min_value=0,
                max_value=criterion.highest,
                initial=known.points if known else None,
            )
            self.fields[f"reason_{criterion.pk}"] = forms.CharField(
                label=_("%(criterion)s: why, in a sentence") % {"criterion": criterion.label},
                max_length=REASON_LENGTH,
                initial=known.reason if known else "",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )

    @property
    def marks(self) -> dict[int, Mark]:
        values = self.cleaned_data
        return {
            criterion.pk: Mark(values[f"points_{criterion.pk}"], values[f"reason_{criterion.pk}"])
            for criterion in self.criteria
        }


class CertificateForm(forms.Form):
    """The code on a certificate, written or in the link."""

    code = forms.CharField(
        label=gettext_lazy("Code of the certificate"),
        help_text=gettext_lazy("Eight letters and numbers, as on the paper."),
        max_length=20,
        widget=forms.TextInput(attrs={**LEFT_TO_RIGHT, "autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        return bare(self.cleaned_data["code"])


def bare(code: str) -> str:
    """A code as it is kept, however it was copied."""
    return "".join(char for char in code.upper() if char.isalnum())
