"""The queue: the list of requests, one request with the steps that can be taken, and a request made for somebody."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
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
from wagtail.admin.views.generic import InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation
from foundation_site.core.languages import language
from foundation_site.core.personal import private
from foundation_site.core.registers import RegisterIndex
from foundation_site.core.site_settings import SiteSettings

from ..domain.accept import accept
from ..domain.confirm import confirm
from ..domain.decline import decline
from ..domain.enrol import enrol
from ..domain.withdraw import withdraw
from ..enums import State
from ..forms import DeskForm, ReasonForm
from ..models import Certificate, Edition, Enrolment
from ..queries import meetings_of, position, with_places

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
