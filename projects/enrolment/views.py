"""Read the form, call one verb, redirect. What is personal is never cached and never indexed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation_site.core.errors import RuleViolation
from foundation_site.core.personal import View, private
from foundation_site.core.robots import HOUR, address_of, slow_down, too_often

from . import lots
from .certificate_pdf import certificate_pdf
from .domain.accept import accept
from .domain.confirm import confirm
from .domain.decline import decline
from .domain.enrol import enrol, why_closed
from .domain.send_link import send_link
from .domain.withdraw import withdraw
from .enums import EditionStatus, EnrolmentMode, Standing, State
from .figures import odds
from .forms import CertificateForm, EnrolForm, FindForm
from .ics import CONTENT_TYPE, calendar_text
from .models import Certificate, Decision, Draw, Edition, Enrolment
from .queries import EditionCard, by_receipt, edition_cards, interest_of, meetings_of, of_same_contact, position

# Who asks often: a class signs up from one wireless network, a mother for all her children.
ASKED_PER_HOUR_FROM_ONE_PLACE, ASKED_PER_HOUR_BY_ONE_CONTACT = 60, 8
CODES_PER_HOUR_FROM_ONE_PLACE = 40

# Asking for a place


def card_or_404(slug: str) -> EditionCard:
    cards = edition_cards(Edition.objects.filter(slug=slug).exclude(status=EditionStatus.DRAFT), now=timezone.now())
    if not cards:
        raise Http404
    return cards[0]


def has_odds(card: EditionCard) -> bool:
    return card.can_enrol and (card.standing == Standing.FULL or card.edition.enrolment in EnrolmentMode.TOGETHER)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_page(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.exclude(status=EditionStatus.DRAFT), slug=slug)
    form = EnrolForm(request.POST or None, edition=edition)
    form = form.rearranged() or form
    # A form that is sent goes to the verb also when it seems too late: a retry must get the answer that it had.
    if form.is_bound and form.is_valid():
        key = form.cleaned_data["request_key"]
        try:
            slow_down("enrol", address_of(request), limit=ASKED_PER_HOUR_FROM_ONE_PLACE)
            slow_down("enrol", form.contact.email or form.contact.phone, limit=ASKED_PER_HOUR_BY_ONE_CONTACT)
            enrolment = enrol(
                edition,
                contact=form.contact,
                people=form.party,
                request_key=key,
                declared=form.cleaned_data.get("declared", []),
                answers=form.answers,
                now=timezone.now(),
            )
        except RuleViolation as refused:
            form.add_error(None, refused)
            if refused.code == "form_used":
                form.renew_key()
        else:
            if enrolment.request_key == key:
                return redirect("enrolment:request", token=enrolment.token)
            return answer_known(enrolment)
    card = card_or_404(slug)
    closed = "" if card.can_enrol else why_closed(card.standing, edition)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(
        request,
        "enrolment/enrol.html",
        {
            "form": form,
            "card": card,
            "closed": closed,
            "odds": odds(edition, now=timezone.now()) if has_odds(card) else None,
            "title": title_of(edition),
        },
        status=status,
    )


def answer_known(enrolment: Enrolment) -> HttpResponse:
    """The link goes to the address that we know, not to this browser."""
    if not too_often("tell-again", enrolment.receipt_code, limit=2, seconds=HOUR):
        send_link(enrolment)
    return redirect("enrolment:sent_again", slug=enrolment.edition.slug)


@private
@require_safe
def sent_again(request: HttpRequest, slug: str) -> HttpResponse:
    return render(
        request, "enrolment/sent_again.html", {"card": card_or_404(slug), "title": _("You have already asked")}
    )


# One's own request


def opened_by(find: Callable[[str], Enrolment | Certificate]) -> Callable[[View], View]:
    """Open the request or the certificate behind a signed link; a link that is wrong or too old gets a page that helps on."""

    def with_enrolment(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                found = find(token)
            except (signing.BadSignature, ObjectDoesNotExist, ValueError) as error:
                old = isinstance(error, signing.SignatureExpired)
                context = {"old": old, "title": _("This link does not open a request")}
                return render(request, "enrolment/bad_link.html", context, status=410 if old else 404)
            return view(request, found)

        return private(opened)

    return with_enrolment


with_enrolment = opened_by(Enrolment.objects.from_token)


@opened_by(Enrolment.objects.from_confirmation)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_contact(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Behind the link in the letter. Opening it changes nothing: mail programs open links before people do."""
    if request.method == "POST":
        try:
            enrolment = confirm(enrolment, now=timezone.now())
        except RuleViolation as refused:
            return show_request(request, Enrolment.objects.from_token(enrolment.token), problem=str(refused))
    if not enrolment.provisional:
        return redirect("enrolment:request", token=enrolment.letter_token)
    context = {"enrolment": enrolment, "edition_title": title_of(enrolment.edition), "title": _("Confirm your request")}
    return render(request, "enrolment/confirm.html", context)


@with_enrolment
@require_safe
def request_page(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    return show_request(request, enrolment)


def show_request(request: HttpRequest, enrolment: Enrolment, *, problem: str = "") -> HttpResponse:
    now = timezone.now()
    card = edition_cards(Edition.objects.filter(pk=enrolment.edition_id), now=now)[0]
    next_time = card.edition.course_id is not None and enrolment.state in State.STILL_INTERESTED
    context = {
        "odds": odds(card.edition, now=now) if enrolment.state in State.HOPING else None,
        "next_time": next_time,
        "interest": interest_of(enrolment) if next_time else None,
        "enrolment": enrolment,
        "participants": enrolment.participants.all(),
        "certificates": Certificate.objects.filter(participant__enrolment=enrolment),
        "card": card,
        "position": position(enrolment),
        "others": [(other, title_of(other.edition)) for other in of_same_contact(enrolment)],
        "problem": problem,
        "title": _("Your request"),
        "edition_title": title_of(card.edition),
        **why(enrolment, card.edition),
    }
    return render(request, "enrolment/request.html", context, status=409 if problem else 200)


def why(enrolment: Enrolment, edition: Edition) -> dict[str, Any]:
    """Where a selection ranked the party, and by what; empty where none has."""
    if edition.enrolment != EnrolmentMode.SELECTION or enrolment.rank is None:
        return {}
    decision = Decision.objects.select_related("terms").get(edition=edition)
    return decision.why(decision.outcome[enrolment.rank - 1])


@with_enrolment
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_request(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    if request.method == "POST":
        withdraw(enrolment, now=timezone.now())
        return redirect("enrolment:request", token=enrolment.token)
    if not enrolment.is_living:
        return redirect("enrolment:request", token=enrolment.token)
    context = {"enrolment": enrolment, "edition_title": title_of(enrolment.edition), "title": _("Withdraw?")}
    return render(request, "enrolment/withdraw.html", context)


@with_enrolment
@require_POST
def accept_offer(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    try:
        accept(enrolment, now=timezone.now())
    except RuleViolation as refused:
        return show_request(request, Enrolment.objects.from_token(enrolment.token), problem=str(refused))
    return redirect("enrolment:request", token=enrolment.token)


@with_enrolment
@require_POST
def decline_offer(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    try:
        decline(enrolment, now=timezone.now())
    except RuleViolation as refused:
        return show_request(request, Enrolment.objects.from_token(enrolment.token), problem=str(refused))
    return redirect("enrolment:request", token=enrolment.token)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Receipt code and contact open the request. One sentence for whatever is wrong, so that nothing is learnt by trying."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["receipt_code"]
        if too_often("find", code, limit=10, seconds=900) or too_often(
            "find", address_of(request), limit=200, seconds=900
        ):
            form.add_error(None, _("There were many tries with this code. Wait a quarter of an hour, or call us."))
        else:
            enrolment = by_receipt(code, **form.address)
            if enrolment:
                return redirect("enrolment:request", token=enrolment.token)
            form.add_error(
                None, _("We find no request with this code and this e-mail or phone. Look at both again, or call us.")
            )
    status = 422 if form.errors else 200
    return render(request, "enrolment/find.html", {"form": form, "title": _("Find your request")}, status=status)


# Calendars


@with_enrolment
@require_safe
def request_calendar(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    return calendar_file(enrolment.edition)


@require_safe
def edition_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    return calendar_file(card_or_404(slug).edition)


def calendar_file(edition: Edition) -> HttpResponse:
    text = calendar_text(edition, meetings_of(edition), title=title_of(edition), now=timezone.now())
    return HttpResponse(
        text,
        content_type=f"{CONTENT_TYPE}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{edition.slug}.ics"'},
    )


# Certificates


@opened_by(Certificate.objects.from_token)
@require_safe
def certificate_file(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    return HttpResponse(
        certificate_pdf(certificate),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{certificate.code}.pdf"'},
    )


@private
@require_safe
def certificate_page(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is genuine. Of the name only the initials: whoever was given the paper reads it there, and whoever only
    found or guessed a code learns nothing about anybody."""
    form = CertificateForm(request.GET if "code" in request.GET else None)
    certificate = None
    if form.is_valid():
        if too_often("certificate", address_of(request), limit=CODES_PER_HOUR_FROM_ONE_PLACE, seconds=HOUR):
            form.add_error(None, _("These were many codes in a short time. Wait an hour, or call us."))
        else:
            certificate = Certificate.objects.filter(code=form.cleaned_data["code"]).first()
            if certificate is None:
                form.add_error("code", _("We have issued no certificate with this code. Look at it again."))
    status = 422 if form.errors else 200
    context = {"form": form, "certificate": certificate, "title": _("Is this certificate genuine?")}
    return render(request, "enrolment/certificate.html", context, status=status)


# Draws


def draw_or_404(slug: str) -> Draw:
    draws = Draw.objects.filter(edition__enrolment=EnrolmentMode.DRAW)
    return get_object_or_404(draws.select_related("edition__course"), edition__slug=slug)


@require_safe
def draw_page(request: HttpRequest, slug: str) -> HttpResponse:
    """What a draw has shown so far: fingerprint, list, secret, order; and how to run it again."""
    draw = draw_or_404(slug)
    context = {
        "draw": draw,
        "edition": draw.edition,
        "lots": lots.read(draw.listed),
        "priorities": draw.edition.terms.last().priorities,
        "edition_title": title_of(draw.edition),
        "title": _("The draw"),
    }
    return render(request, "enrolment/draw/page.html", context)


@require_safe
def draw_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The frozen list, byte by byte as its fingerprint was taken."""
    draw = draw_or_404(slug)
    if not draw.frozen_at:
        raise Http404
    return as_file(draw.listed, "list.txt")


@require_safe
def draw_script(request: HttpRequest, slug: str) -> HttpResponse:
    draw_or_404(slug)
    return as_file(render_to_string("enrolment/draw/again.py.txt"), "draw.py")


def as_file(text: str, name: str) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


# Selections


@require_safe
def selection_page(request: HttpRequest, slug: str) -> HttpResponse:
    """By what places are given, when, and the ranking once it is decided; by codes, without names."""
    announced = Edition.objects.filter(enrolment=EnrolmentMode.SELECTION, draw__isnull=False)
    edition = get_object_or_404(announced.select_related("course", "draw"), slug=slug)
    terms = edition.terms.last()
    context = {
        "edition": edition,
        "criteria": terms.criteria,
        "priorities": terms.priorities,
        "places": terms.rules["places"],
        "promise": edition.draw,
        "decision": Decision.objects.select_related("terms").filter(edition=edition).first(),
        "edition_title": title_of(edition),
        "title": _("The selection"),
    }
    return render(request, "enrolment/selection/page.html", context)


@require_safe
def selection_scores(request: HttpRequest, slug: str) -> HttpResponse:
    """The scores that counted, as they were kept: a code a line, people, group, and what each assessor gave."""
    return as_file(get_object_or_404(Decision, edition__slug=slug).listed, "scores.txt")


def title_of(edition: Edition) -> str:
    return edition.title_in(get_language() or settings.LANGUAGE_CODE)
