"""The desk of selections: what is to assess, one's own assessment, the decision. Until the places have been given an assessor sees
only her own scores, also where she corrects them, so that nobody follows another; then all are open to her and to the desk."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from ..domain.announce import is_decided
from ..domain.assess import assess, check_assessable
from ..domain.decide import decide
from ..domain.step_aside import step_aside
from ..enums import EnrolmentMode, Priority
from ..forms import AssessForm
from ..models import Assessment, Edition, Enrolment
from ..queries import FEWEST_ASSESSMENTS, first_day, meetings_of, parties_of_selection, selections

MAY_SEE = ("assess", "change")


class SelectingView(PermissionCheckedMixin, View):
    model = Enrolment
    any_permission_required = MAY_SEE

    def show(self, template: str, title: str, *, subtitle: str = "", status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            "header_title": title,
            "page_title": title,
            "page_subtitle": subtitle,
            "header_icon": "tasks",
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": reverse("enrolment_selection:index"), "label": gettext("Selections")},
                {"url": "", "label": title, "sublabel": subtitle},
            ],
        }
        return TemplateResponse(self.request, f"enrolment/desk/{template}.html", context, status=status)

    def edition(self, pk: int) -> Edition:
        return get_object_or_404(selections(), pk=pk)


class SelectionsView(SelectingView):
    """All selections, and what each still lacks."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show("selections", gettext("Selections"), selections=selections())


class PartiesView(SelectingView):
    """The parties of one selection, how far each is, and the button that decides."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.edition(pk)
        log(instance=edition, action="enrolment.viewed", user=request.user)
        return self.show(
            "parties",
            gettext("The selection"),
            subtitle=str(edition),
            edition=edition,
            parties=parties_of_selection(edition, by=request.user),
            decided=is_decided(edition),
            fewest=FEWEST_ASSESSMENTS,
            may_assess=self.user_has_permission("assess"),
            may_decide=self.user_has_permission("change"),
        )


class AssessView(SelectingView):
    """One party: who they are, and one's own scores with their reasons."""

    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        party = self.party(pk)
        own = self.own(party)
        form = AssessForm(criteria=party.edition.criteria.all(), scores=own.scores.all() if own else ())
        return self.show_party(party, form, own)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.user_has_permission("assess"):
            raise PermissionDenied
        party = self.party(pk)
        form = AssessForm(request.POST, criteria=party.edition.criteria.all())
        if form.is_valid():
            try:
                assess(party, marks=form.marks, now=timezone.now(), by=request.user)
            except RuleViolation as refused:
                form.add_error(None, refused)
            else:
                messages.success(request, gettext("Your scores are kept. You can correct them until the decision."))
                return redirect("enrolment_selection:parties", party.edition_id)
        return self.show_party(party, form, self.own(party))

    def party(self, pk: int) -> Enrolment:
        parties = Enrolment.objects.filter(edition__enrolment=EnrolmentMode.SELECTION)
        return get_object_or_404(parties.select_related("edition__course"), pk=pk)

    def own(self, party: Enrolment) -> Assessment | None:
        return Assessment.objects.filter(enrolment=party, assessor=self.request.user).first()  # type: ignore[misc]  # who is not signed in does not come here

    def show_party(self, party: Enrolment, form: AssessForm, own: Assessment | None) -> HttpResponse:
        log(instance=party, action="enrolment.viewed", user=self.request.user)
        edition = party.edition
        day = first_day(meetings_of(edition), now=timezone.now())
        return self.show(
            "assess",
            gettext("Request"),
            subtitle=party.draw_code,
            status=422 if form.errors else 200,
            party=party,
            people=[(person, person.age_on(day)) for person in party.participants.all()],
            declared=[Priority(kind).label for kind in party.declared],
            answers=party.answers.select_related("question").prefetch_related("question__texts"),
            form=form,
            may_assess=self.user_has_permission("assess"),
            aside=own is not None and own.conflict,
            why_not=self.why_not(party),
            assessments=self.all_given(party) if is_decided(edition) else [],
        )

    def why_not(self, party: Enrolment) -> str:
        """The sentence for who cannot assess now; empty who can."""
        try:
            check_assessable(party, party.edition, now=timezone.now())
        except RuleViolation as refused:
            return str(refused)
        return ""

    def all_given(self, party: Enrolment) -> Any:
        return party.assessments.filter(conflict=False).select_related("assessor").prefetch_related("scores__criterion")


class StepAsideView(SelectingView):
    """Too close to this party to assess it."""

    permission_required = "assess"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        party = get_object_or_404(Enrolment, pk=pk)
        try:
            step_aside(party, now=timezone.now(), by=request.user)
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, gettext("Noted: others assess this request."))
        return redirect("enrolment_selection:parties", party.edition_id)


class DecideView(SelectingView):
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        edition = self.edition(pk)
        try:
            decide(edition, now=timezone.now(), by=request.user)
        except RuleViolation as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, gettext("The places are given, and everybody has been told."))
        return redirect("enrolment_selection:parties", pk)
