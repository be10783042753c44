"""The lists and forms of editions and requests. Requests are never edited: staff take the same steps as people do, by the same verbs. Whoever reads
names leaves a line in the log."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views import View
from django_filters import BooleanFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.languages import language
from foundation_site.core.opening_hours import OpeningHours
from foundation_site.core.personal import private
from foundation_site.core.registers import RegisterIndex
from foundation_site.core.site_settings import SiteSettings

from ..domain.accept import accept
from ..domain.announce import announce, has_opened, is_decided, no_criteria, terms_stay
from ..domain.cancel_edition import cancel_edition
from ..domain.confirm import confirm
from ..domain.decline import decline
from ..domain.enrol import enrol
from ..domain.offer import offer_free_places
from ..domain.steps import lock_edition
from ..domain.tell_changes import tell_changes
from ..domain.withdraw import withdraw
from ..emails import sample
from ..enums import EditionStatus, EnrolmentMode, State
from ..forms import CancelForm, DeskForm, ReasonForm
from ..models import Attendance, Certificate, Edition, Enrolment
from ..queries import meetings_of, position, with_dates, with_places, with_shortfall

# Editions


# What must not change under those who ask (see domain.announce).
TERMS = ("enrolment", "party_max", "offer_days", "offer_in_opening_days", "age_from", "age_to", "decides_at")


class EditionForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.instance.terms.exists() and has_opened(self.instance, now=timezone.now()):
            self.check_terms()
        if "status" in self.changed_data:
            self.check_status(self.initial.get("status"), cleaned.get("status"))
        if cleaned.get("offer_in_opening_days") and not OpeningHours.load().times.exists():
            self.add_error(
                "offer_in_opening_days", gettext("First write the opening hours of the foundation, in the settings.")
            )
        if cleaned.get("enrolment") == EnrolmentMode.SELECTION and not kept(self.formsets["criteria"]):
            self.add_error(None, no_criteria())
        deleted = [form.instance.pk for form in self.formsets["meetings"].deleted_forms]
        if Attendance.objects.filter(meeting__in=deleted).exists():
            self.add_error(
                None, gettext("At a meeting that you delete people were marked as there. Cancel it instead.")
            )
        places = cleaned.get("places")
        if self.instance.pk and places is not None and "places" in self.changed_data:
            taken = with_places(Edition.objects.filter(pk=self.instance.pk)).get().taken
            if places < taken:
                sentence = gettext("%(taken)s places are taken or offered: there cannot be fewer.")
                self.add_error("places", sentence % {"taken": taken})
        return cleaned

    def check_terms(self) -> None:
        """Whoever asks now asks under the terms of whoever asked first."""
        selecting = self.instance.enrolment == EnrolmentMode.SELECTION and not is_decided(self.instance)
        for name in (*TERMS, "places") if selecting else TERMS:
            if name in self.changed_data:
                self.add_error(name, terms_stay())
        if self.formsets["priorities"].has_changed() or self.formsets["criteria"].has_changed():
            self.add_error(None, terms_stay())
        if requires_more(self.formsets["questions"]):
            self.add_error(
                None,
                gettext(
                    "Enrolment has opened: those who have asked already were not asked this. A new question can only be optional."
                ),
            )

    def check_status(self, before: str | None, after: str | None) -> None:
        """Cancelling is a step of its own: people are told."""
        if before == EditionStatus.CANCELLED:
            self.add_error(
                "status", gettext("What is cancelled stays cancelled: people have been told. Make a new edition.")
            )
        elif after == EditionStatus.CANCELLED:
            self.add_error(
                "status", gettext("To cancel, choose “Cancel it” in the list of editions: everybody is told.")
            )


def requires_more(questions: Any) -> bool:
    """Whether an answer is needed now where none was."""
    return any(
        form.is_valid()
        and form.cleaned_data.get("required")
        and not form.cleaned_data.get("DELETE")
        and {"question", "required"} & set(form.changed_data)
        for form in questions.forms
    )


def kept(formset: Any) -> list[Any]:
    """The rows that are filled in and stay."""
    formset.is_valid()
    return [form for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]


class EditionIndex(RegisterIndex):
    """Each edition with how full it is."""

    def get_base_queryset(self) -> QuerySet[Edition]:
        editions = with_shortfall(super().get_base_queryset(), now=timezone.now())
        return with_dates(editions).select_related("course")

    def get_list_more_buttons(self, instance: Edition) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        user = self.request.user
        if user.has_perm("enrolment.view_enrolment"):
            url = reverse("enrolment_edition:run", args=[instance.pk])
            buttons.append(Button(gettext("Run"), url=url, icon_name="cogs", priority=5))
        if user.has_perm("enrolment.view_enrolment") or user.has_perm("enrolment.change_enrolment"):
            url = f"{reverse('enrolment_request:index')}?edition={instance.pk}"
            buttons.append(Button(gettext("Requests"), url=url, icon_name="list-ul", priority=40))
        if instance.enrolment == EnrolmentMode.DRAW:
            url = reverse("enrolment:draw", args=[instance.slug])
            buttons.append(Button(gettext("The draw"), url=url, icon_name="view", priority=42))
        if instance.waiting and user.has_perm("enrolment.change_enrolment"):
            url = reverse("enrolment_request:close_list", args=[instance.pk])
            buttons.append(Button(gettext("Close the waiting list"), url=url, icon_name="cross", priority=43))
        if instance.enrolment == EnrolmentMode.SELECTION and user.has_perm("enrolment.change_enrolment"):
            url = reverse("enrolment_selection:parties", args=[instance.pk])
            buttons.append(Button(gettext("The selection"), url=url, icon_name="view", priority=42))
        if user.has_perm("enrolment.add_enrolment"):
            url = reverse("enrolment_request:desk", args=[instance.pk])
            buttons.append(Button(gettext("Enrol somebody"), url=url, icon_name="user", priority=41))
        if user.has_perm("enrolment.change_edition") and instance.status == EditionStatus.PUBLISHED:
            url = reverse("enrolment_edition:cancel", args=[instance.pk])
            buttons.append(Button(gettext("Cancel it"), url=url, icon_name="cross", priority=43))
        return buttons


class EditionAdd(CreateView):
    """A new edition says at once how its places are given, if it is published."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            return super().post(request, *args, **kwargs)

    def save_instance(self) -> Edition:
        edition: Edition = super().save_instance()
        announce(edition, now=timezone.now())
        return edition


class EditionEdit(EditView):
    """While an edition is saved nobody gets a place in it; new places are offered to those who wait."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            self.meetings_before = meetings_of(lock_edition(kwargs["pk"]))
            return super().post(request, *args, **kwargs)

    def save_instance(self) -> Edition:
        edition: Edition = super().save_instance()
        announce(edition, now=timezone.now())
        tell_changes(edition, before=self.meetings_before, now=timezone.now())
        offer_free_places(edition, now=timezone.now(), by=self.request.user)
        return edition


class CancelView(PermissionCheckedMixin, View):
    """Call an edition off, with the reason in as many languages as staff know."""

    model = Edition
    permission_required = "change"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        editions = with_shortfall(Edition.objects.select_related("course"), now=timezone.now())
        self.edition = get_object_or_404(editions, pk=kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(CancelForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CancelForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        try:
            told = cancel_edition(self.edition, now=timezone.now(), by=request.user, reason=form.reason)
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            to_phone = sum(party.to_phone for party in told)
            sentence = gettext("Cancelled. Letters written: %(letters)s. To phone, without e-mail: %(phone)s.")
            messages.success(request, sentence % {"letters": len(told) - to_phone, "phone": to_phone})
        return redirect("enrolment_edition:index")

    def show(self, form: CancelForm) -> HttpResponse:
        context = {
            "form": form,
            "edition": self.edition,
            "parties": self.edition.enrolments.filter(state__in=State.LIVING).count(),
            "header_title": gettext("Cancel it"),
            "page_title": gettext("Cancel it"),
            "page_subtitle": str(self.edition),
            "header_icon": "cross",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": reverse("enrolment_edition:index"), "label": gettext("Editions")},
                {"url": "", "label": gettext("Cancel it"), "sublabel": str(self.edition)},
            ],
        }
        return TemplateResponse(self.request, "enrolment/desk/cancel.html", context, status=422 if form.errors else 200)


# Letters


class LetterTextInspect(InspectView):
    """The whole letter with these words, for an invented person."""

    template_name = "enrolment/desk/letter.html"

    def get_page_title(self) -> str:
        return gettext("Preview")

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = sample(self.object, now=timezone.now())
        return super().get_context_data(**kwargs) | {"letter": letter, "language": language(letter.language)}


class LetterTextAdd(CreateView):
    def get_success_url(self) -> str:
        return reverse("enrolment_letter:inspect", args=[self.object.pk])


class LetterTextEdit(EditView):
    def get_success_url(self) -> str:
        return reverse("enrolment_letter:inspect", args=[self.object.pk])


# Requests


FEWEST_DIGITS = 6


class EnrolmentFilters(WagtailFilterSet):
    confirmed = BooleanFilter(label=_("Contact confirmed"), method="by_confirmed")
    to_phone = BooleanFilter(label=_("To phone: no e-mail"), method="by_phone")

    class Meta:
        model = Enrolment
        fields = ["edition", "state", "confirmed", "to_phone", "language", "channel"]

    def by_confirmed(self, requests: QuerySet[Enrolment], _name: str, value: bool) -> QuerySet[Enrolment]:
        return requests.filter(confirmed_at__isnull=not value)

    def by_phone(self, requests: QuerySet[Enrolment], _name: str, value: bool) -> QuerySet[Enrolment]:
        return requests.filter(email="") if value else requests.exclude(email="")


class PersonalIndex(RegisterIndex):
    """A list of people. Reading and downloading are written down."""

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        action = "enrolment.exported" if self.is_export else "enrolment.viewed"
        log(
            instance=self.request.user,
            action=action,
            data={
                "filters": sorted(name for name, value in self.request.GET.items() if value)
            },  # not what was looked for
        )
        return super().render_to_response(context, **kwargs)


class EnrolmentIndex(PersonalIndex):
    """The requests, with filters and search."""

    filterset_class = EnrolmentFilters

    def get_base_queryset(self) -> QuerySet[Enrolment]:
        return super().get_base_queryset().select_related("edition__course").prefetch_related("participants")

    def search_queryset(self, queryset: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
        found = super().search_queryset(queryset)
        digits = "".join(char for char in self.search_query if char.isdecimal())
        if self.is_searching and len(digits) >= FEWEST_DIGITS:  # a phone, with the spaces that people write
            found |= queryset.filter(phone__contains=digits)
        return found.distinct()


class EnrolmentInspect(InspectView):
    """One request, with the steps that can be taken now."""

    template_name = "enrolment/desk/request.html"

    def get_page_title(self) -> str:
        return gettext("Request")

    def get_object(self, queryset: Any = None) -> Enrolment:
        return get_object_or_404(Enrolment.objects.select_related("edition__course"), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        history, receipt = (
            reverse(f"enrolment_request:{name}", args=[self.object.pk]) for name in ("history", "receipt")
        )
        return [
            HeaderButton(gettext("History"), url=history, icon_name="history"),
            HeaderButton(gettext("Receipt to print"), url=receipt, icon_name="print"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enrolment = self.object
        log(instance=enrolment, action="enrolment.viewed", user=self.request.user)
        steps = STEPS.items() if self.user_has_permission("change") else []
        return super().get_context_data(**kwargs) | {
            "enrolment": enrolment,
            "participants": enrolment.participants.all(),
            "answers": enrolment.answers.select_related("question").prefetch_related("question__texts"),
            "position": position(enrolment),
            "certificates": Certificate.objects.filter(participant__enrolment=enrolment),
            "steps": [
                {
                    "label": step.label,
                    "danger": step.danger,
                    "reason_needed": step.reason_needed,
                    "url": reverse(f"enrolment_request:{name}", args=[enrolment.pk]),
                }
                for name, step in steps
                if enrolment.state in step.states and (enrolment.provisional or step is not ConfirmView)
            ],
        }


class StepView(PermissionCheckedMixin, View):
    """One verb for one request: call, message, back."""

    model = Enrolment
    permission_required = "change"
    http_method_names = ["post"]
    label: ClassVar[Any]
    done: ClassVar[Any]
    danger: ClassVar[bool] = False
    reason_needed: ClassVar[bool] = False
    states: ClassVar[tuple[str, ...]]
    verb: ClassVar[Callable[..., Enrolment]]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        enrolment = get_object_or_404(Enrolment, pk=pk)
        form = ReasonForm(request.POST, needed=self.reason_needed)
        if not form.is_valid():
            messages.error(request, gettext("Say why in a few words, without names: it stays in the history."))
            return redirect("enrolment_request:inspect", pk)
        try:
            type(self).verb(enrolment, now=timezone.now(), by=request.user, reason=form.cleaned_data["reason"])
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, self.done)
        return redirect("enrolment_request:inspect", pk)


class ConfirmView(StepView):
    label = _("The contact is right: I have spoken to the person")
    done = _("Confirmed.")
    states = State.PROVISIONAL
    verb = staticmethod(confirm)


class AcceptView(StepView):
    label = _("Takes the place")
    done = _("The place is given.")
    states = (State.OFFERED,)
    verb = staticmethod(accept)


class DeclineView(StepView):
    label = _("Does not take the place")
    done = _("Noted. If somebody waits, the place is offered to the next.")
    states = (State.OFFERED,)
    verb = staticmethod(decline)


class WithdrawView(StepView):
    label = _("Withdraw")
    done = _("Withdrawn. If somebody waits, the place is offered to the next.")
    danger = True
    reason_needed = True
    states = State.LIVING
    verb = staticmethod(withdraw)


STEPS: dict[str, type[StepView]] = {
    "confirm": ConfirmView,
    "accept": AcceptView,
    "decline": DeclineView,
    "withdraw": WithdrawView,
}


class ReceiptView(PermissionCheckedMixin, View):
    """To print and hand over, in the language of the person: what was asked, where it stands, how to find it again."""

    model = Enrolment
    any_permission_required = ("view", "change")

    @method_decorator(private)  # type: ignore[arg-type]  # the stubs' views answer with HttpResponseBase
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        enrolment = get_object_or_404(Enrolment.objects.select_related("edition__course"), pk=pk)
        edition = enrolment.edition
        log(instance=enrolment, action="enrolment.viewed", user=request.user)
        with override(enrolment.language):
            context = {
                "enrolment": enrolment,
                "participants": enrolment.participants.all(),
                "position": position(enrolment),
                "edition": edition,
                "edition_title": edition.title_in(enrolment.language),
                "meetings": [meeting for meeting in meetings_of(edition) if not meeting.cancelled],
                "priorities": enrolment.terms.priorities if enrolment.terms else [],
                "site_settings": SiteSettings.for_request(request),
                "find_url": settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:find"),
                "language": language(enrolment.language),
            }
            return render(request, "enrolment/desk/receipt.html", context)


class DeskView(PermissionCheckedMixin, View):
    """Enrol somebody who is at the desk or on the phone: same rules, same line as on the site."""

    model = Enrolment
    permission_required = "add"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.edition = get_object_or_404(with_places(Edition.objects.select_related("course")), pk=kwargs["pk"])

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.show(DeskForm(edition=self.edition))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = DeskForm(request.POST, edition=self.edition)
        form = form.rearranged() or form
        if not form.is_valid():
            return self.show(form)
        values = form.cleaned_data
        try:
            enrolment = enrol(
                self.edition,
                contact=form.contact,
                people=form.party,
                request_key=values["request_key"],
                now=timezone.now(),
                declared=values.get("declared", []),
                answers=form.answers,
                channel=values["channel"],
                by=request.user,
            )
        except RuleViolation as refused:
            form.add_error(None, refused)
            return self.show(form)
        sentence = gettext("%(state)s. Receipt code: %(code)s")
        messages.success(
            request, sentence % {"state": enrolment.get_state_display().capitalize(), "code": enrolment.receipt_code}
        )
        return redirect("enrolment_request:inspect", enrolment.pk)

    def show(self, form: DeskForm) -> HttpResponse:
        context = {
            "form": form,
            "edition": self.edition,
            "header_title": gettext("Enrol somebody"),
            "page_title": gettext("Enrol somebody"),
            "page_subtitle": str(self.edition),
            "header_icon": "user",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": reverse("enrolment_edition:index"), "label": gettext("Editions")},
                {"url": "", "label": gettext("Enrol somebody"), "sublabel": str(self.edition)},
            ],
        }
        return TemplateResponse(
            self.request,
            "enrolment/desk/enrol.html",
            context,
            status=422 if form.is_bound and not form.is_valid() else 200,
        )
