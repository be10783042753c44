"""The demand for courses: who wants to be told first of the next edition, and the public figures of who asked and who found a place."""

import csv
import io
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation_site.core.errors import RuleViolation
from foundation_site.core.personal import private
from foundation_site.core.registers import defused
from foundation_site.core.robots import address_of, slow_down

from .domain.enrol import Contact
from .domain.interest import ask_to_be_told, confirm_interest, take_out
from .figures import FEWEST_SHOWN, PUBLISHED, years
from .forms import TellMeForm
from .models import Course, Enrolment, Interest
from .views import card_or_404, show_request, with_enrolment

TOLD_PER_HOUR_FROM_ONE_PLACE, TOLD_PER_HOUR_BY_ONE_CONTACT = 30, 4

# Tell me first


@private
@require_http_methods(["GET", "HEAD", "POST"])
def tell_me(request: HttpRequest, slug: str) -> HttpResponse:
    """One answer for whoever asks, so that nobody learns who else did."""
    course = course_or_404(slug)
    form = TellMeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            slow_down("tell-me", address_of(request), limit=TOLD_PER_HOUR_FROM_ONE_PLACE)
            slow_down("tell-me", form.contact.email or form.contact.phone, limit=TOLD_PER_HOUR_BY_ONE_CONTACT)
            ask_to_be_told(course, contact=form.contact, now=timezone.now())
        except RuleViolation as refused:
            form.add_error(None, refused)
        else:
            return redirect("enrolment:tell_me_sent", slug=slug)
    context = {"form": form, "course": name_of(course), "title": _("Tell me first of the next edition")}
    return render(request, "enrolment/tell_me.html", context, status=422 if form.errors else 200)


def course_or_404(slug: str) -> Course:
    course = card_or_404(slug).edition.course
    if course is None:
        raise Http404
    return course


def name_of(course: Course) -> str:
    return course.name_in(get_language() or "")


@private
@require_safe
def tell_me_sent(request: HttpRequest, slug: str) -> HttpResponse:
    course_or_404(slug)
    return render(request, "enrolment/tell_me_sent.html", {"title": _("Tell me first of the next edition")})


@with_enrolment
@require_POST
def tell_me_of_request(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """From one's own request: who has confirmed it need not confirm again."""
    course = enrolment.edition.course
    if course is None:
        raise Http404
    contact = Contact(enrolment.call_me, enrolment.language, email=enrolment.email, phone=str(enrolment.phone))
    try:
        slow_down("tell-me", contact.email or contact.phone, limit=TOLD_PER_HOUR_BY_ONE_CONTACT)
        ask_to_be_told(course, contact=contact, request=enrolment, now=timezone.now())
    except RuleViolation as refused:
        return show_request(request, enrolment, problem=str(refused))
    if enrolment.confirmed_at is None:
        return redirect("enrolment:tell_me_sent", slug=enrolment.edition.slug)
    return redirect("enrolment:request", token=enrolment.token)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def told(request: HttpRequest, token: str) -> HttpResponse:
    """Behind the link in our letters: confirm the wish, or have it deleted. Opening it changes nothing."""
    try:
        interest = Interest.objects.from_token(token)
    except (signing.BadSignature, Interest.DoesNotExist, ValueError):
        return render(request, "enrolment/told.html", {"title": _("The next edition")}, status=410)
    if request.method == "POST":
        if request.POST.get("step") == "delete":
            take_out(interest)
        else:
            confirm_interest(interest, now=timezone.now())
        return redirect("enrolment:told", token=token)
    context = {"interest": interest, "course": name_of(interest.course), "title": _("The next edition")}
    return render(request, "enrolment/told.html", context)


# Figures


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    context = {
        "years": years(),
        "columns": [{"label": label, "meaning": meaning} for label, meaning in PUBLISHED.values()],
        "fewest": FEWEST_SHOWN,
        "title": _("Places in figures"),
    }
    return render(request, "enrolment/figures/page.html", context)


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The rows of the page; the mark at the beginning tells spreadsheets that it is UTF-8."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([_("Year"), _("Course"), _("Edition"), *(label for label, _meaning in PUBLISHED.values())])
    for year in years():
        for row in year.rows:
            cells: list[Any] = [year.year, row.course, row.edition, *row.numbers]
            writer.writerow([defused(cell) for cell in cells])
    return HttpResponse(
        f"\ufeff{file.getvalue()}",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="figures.csv"'},
    )
