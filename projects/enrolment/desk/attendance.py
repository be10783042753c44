"""Who is there, one tap a person, on the phone of whoever teaches; and the certificates that come of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from foundation_site.core.errors import RuleViolation

from ..attendance import marks_at, people_of
from ..certificate_pdf import certificate_pdf
from ..domain.certify import certify
from ..domain.mark import check_markable, mark
from ..models import Meeting
from .running import EditionStep, EditionView


class AttendanceView(EditionView):
    """A meeting with the names, each a button that says what pressing it makes true: pressed twice it is the same."""

    permission = "enrolment.change_attendance"
    for_teachers = True
    template_name = "enrolment/desk/attendance.html"
    page_title = _("Attendance")

    @cached_property
    def meeting(self) -> Meeting:
        return get_object_or_404(self.edition.meetings.select_related("edition"), pk=self.kwargs["meeting"])

    def get(self, request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
        try:
            check_markable(self.meeting, self.edition, now=timezone.now())
        except RuleViolation as refused:
            messages.error(request, str(refused))
            return redirect(self.url)
        self.log_view()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
        person = get_object_or_404(self.edition.participants, pk=number(request.POST.get("participant", "")))
        try:
            mark(
                person,
                self.meeting,
                present=request.POST.get("present") == "1",
                now=timezone.now(),
                by=request.user,
            )
        except RuleViolation as refused:
            messages.error(request, str(refused))
        return redirect(f"{reverse('enrolment_edition:attendance', args=[pk, meeting])}#person-{person.pk}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        marks = marks_at(self.meeting)
        people = [(person, marks.get(person.pk)) for person in people_of(self.edition)]
        return super().get_context_data(**kwargs) | {
            "meeting": self.meeting,
            "people": people,
            "present": sum(present is True for _person, present in people),
        }


def number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


class CertifyView(EditionStep):
    def take(self) -> str:
        issued = len(certify(self.edition, now=timezone.now(), by=self.request.user))
        sentence = ngettext("%(number)s certificate is issued.", "%(number)s certificates are issued.", issued)
        return sentence % {"number": issued}


class CertificateView(EditionView):
    """The file, to print it for who has no e-mail."""

    def get(self, request: HttpRequest, pk: int, certificate: int) -> HttpResponse:
        found = get_object_or_404(self.edition.certificates.exclude(name=""), pk=certificate)
        self.log_view()
        return HttpResponse(certificate_pdf(found), content_type="application/pdf")
