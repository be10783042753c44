"""The list and the form of editions, and how one is called off."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from foundation_site.core.errors import RuleViolation
from foundation_site.core.opening_hours import OpeningHours
from foundation_site.core.registers import RegisterIndex

from ..domain.announce import announce, has_opened, is_decided, no_criteria, terms_stay
from ..domain.cancel_edition import cancel_edition
from ..domain.offer import offer_free_places
from ..domain.steps import lock_edition
from ..domain.tell_changes import tell_changes
from ..enums import EditionStatus, EnrolmentMode, State
from ..forms import CancelForm
from ..models import Attendance, Edition
from ..queries import meetings_of, with_dates, with_places, with_shortfall

# What must not change under those who ask (see domain.announce).
TERMS = ("enrolment", "party_max", "offer_days", "offer_in_opening_days", "age_from", "age_to", "decides_at")


class EditionForm(WagtailAdminModelForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.instance.terms.exists() and self.opened(cleaned.get("opens_at")):
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

    def opened(self, opens_at: datetime | None) -> bool:
        """Also by what is written now: whoever opens enrolment earlier does not change its terms with the same press."""
        now = timezone.now()
        return has_opened(self.instance, now=now) or (opens_at is not None and opens_at <= now)

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
