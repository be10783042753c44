"""The letters, in the person's language; called by the domain inside its transaction. Who gave only a phone gets none: staff call."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext, override

from foundation_site.core.mail.letters import compose, write_letter
from foundation_site.core.mail.models import Letter

from .enums import EditionStatus, EnrolmentMode, LetterKind, State
from .ics import CONTENT_TYPE, calendar_text
from .models import Certificate, Decision, Draw, Edition, Enrolment, Interest, LetterText, Meeting
from .queries import MeetingChange, comes_first_next_time, meetings_of, outcome, position
from .ranking import Ranked


def tell_state(enrolment: Enrolment, *, now: datetime) -> None:
    """What the person has now: to confirm, a place, or a number on the waiting list. Nothing, where she has been told that it is cancelled."""
    if enrolment.edition.status == EditionStatus.CANCELLED:
        return
    if enrolment.provisional:
        tell_to_confirm(enrolment)
    elif enrolment.state == State.ENTERED:
        tell_entered(enrolment)
    elif enrolment.state == State.ENROLLED:
        tell_enrolled(enrolment, now=now)
    elif enrolment.state == State.WAITING:
        tell_waiting(enrolment)


def tell_to_confirm(enrolment: Enrolment) -> None:
    """The only letter that holds the link to confirm; opening it changes nothing, pressing the button there does."""
    with override(enrolment.language):
        path = reverse("enrolment:confirm", args=[enrolment.confirmation])
    write(enrolment, "confirm", position=position(enrolment), confirm_url=settings.WAGTAILADMIN_BASE_URL + path)


def tell_entered(enrolment: Enrolment) -> None:
    """You are in the draw: your code in it, when it is, and the fingerprint of its secret, so that you can check us. In a
    selection: by what it decides, and when."""
    if enrolment.edition.enrolment == EnrolmentMode.SELECTION:
        write(enrolment, "to_be_selected", selection_url=selection_url(enrolment))
    else:
        write(enrolment, "entered", draw=enrolment.edition.draw, draw_url=draw_url(enrolment))


def selection_url(enrolment: Enrolment) -> str:
    with override(enrolment.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:selection", args=[enrolment.edition.slug])


def tell_decided(enrolment: Enrolment, decision: Decision, ranked: Ranked, *, now: datetime) -> None:
    """A place or a number on the waiting list, and why: her points in each criterion, and those of the last who got a place."""
    with override(enrolment.language):
        why = {**decision.why(ranked), "selection_url": selection_url(enrolment)}
    if ranked.given:
        tell_enrolled(enrolment, now=now, **why)
    else:
        tell_waiting(enrolment, **why)


def draw_url(enrolment: Enrolment) -> str:
    with override(enrolment.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:draw", args=[enrolment.edition.slug])


def tell_lapsed(enrolment: Enrolment) -> None:
    write(enrolment, "lapsed")


def tell_enrolled(enrolment: Enrolment, *, now: datetime, **why: Any) -> None:
    """You have a place; with all meetings as a calendar file."""
    write(enrolment, "enrolled", outcome=explained(enrolment), **meetings_for(enrolment, now=now), **why)


def tell_waiting(enrolment: Enrolment, **why: Any) -> None:
    write(enrolment, "waiting", position=position(enrolment), outcome=explained(enrolment), **why)


def tell_offered(enrolment: Enrolment) -> None:
    """A place is free for you until …; the answer is given on the page behind the link, never by opening it."""
    write(enrolment, "offer", outcome=explained(enrolment))


def tell_expired(enrolment: Enrolment) -> None:
    write(enrolment, "offer_expired")


def tell_turned_away(enrolment: Enrolment) -> None:
    """No place this time, what that is worth next time, and the way to be told of it."""
    write(enrolment, "turned_away", comes_first=comes_first_next_time(enrolment.edition))


def tell_withdrawn(enrolment: Enrolment) -> None:
    write(enrolment, "withdrawn")


def tell_again(enrolment: Enrolment) -> None:
    """Somebody asked once more for what is there already."""
    write(enrolment, "again")


def tell_reminder(enrolment: Enrolment, *, now: datetime) -> None:
    write(enrolment, "reminder", **meetings_for(enrolment, now=now))


def tell_changed(
    enrolment: Enrolment, changes: Sequence[MeetingChange], *, gone: Sequence[Meeting], now: datetime
) -> None:
    """What has become of meetings, and all that will be held; `gone`: cancelled ones that the edition knows no longer."""
    write(enrolment, "changed", changes=changes, **meetings_for(enrolment, gone, now=now))


def tell_cancelled(
    enrolment: Enrolment, *, reason: Mapping[str, str], too_few: bool, with_calendar: bool, now: datetime
) -> None:
    """With the reason in the person's language, where staff have written it, else in that of the house."""
    said = reason.get(enrolment.language) or reason.get(settings.LANGUAGE_CODE, "")
    attachments = meetings_for(enrolment, now=now)["attachments"] if with_calendar else []
    write(
        enrolment, "cancelled", reason=said, too_few=too_few, with_calendar=bool(attachments), attachments=attachments
    )


def explained(enrolment: Enrolment) -> str:
    with override(enrolment.language):
        return outcome(enrolment)


def meetings_for(enrolment: Enrolment, gone: Sequence[Meeting] = (), *, now: datetime) -> dict[str, Any]:
    """The meetings that are held, to read; and all of them, with those that are gone, for a calendar."""
    edition = enrolment.edition
    meetings = meetings_of(edition)
    text = calendar_text(edition, [*meetings, *gone], title=title_for(enrolment), now=now)
    return {
        "meetings": [meeting for meeting in meetings if not meeting.cancelled],
        "attachments": [(f"{edition.slug}.ics", CONTENT_TYPE, text)] if meetings or gone else [],
    }


def title_for(enrolment: Enrolment) -> str:
    prefetch_related_objects([enrolment.edition], "course__names", "names")
    return enrolment.edition.title_in(enrolment.language)


def tell_certificate(certificate: Certificate, enrolment: Enrolment) -> None:
    """The certificate is ready: where to fetch it, and how whoever is shown it can check it."""
    with override(certificate.language):
        path = reverse("enrolment:certificate_file", args=[certificate.token])
    write(
        enrolment,
        "certificate",
        title=certificate.title,
        people=[certificate.name],
        certificate_url=settings.WAGTAILADMIN_BASE_URL + path,
        check_url=check_url(certificate),
    )


def tell_message(enrolment: Enrolment, *, subject: str, text: str) -> None:
    """What staff wrote to all of one state."""
    write(enrolment, "message", subject=subject, text=text)


def check_url(certificate: Certificate) -> str:
    """Where anybody can see that a certificate is genuine."""
    with override(certificate.language):
        path = reverse("enrolment:certificate")
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}?code={certificate.code}"


def write(enrolment: Enrolment, name: str, *, attachments: Any = (), **context: Any) -> None:
    """What all letters say: who is meant, for what, how places are given there, and the way to the request.

    What belongs to the edition is read once for all letters that a verb writes about the same row.
    """
    if enrolment.to_phone:
        return
    edition, language = enrolment.edition, enrolment.language
    prefetch_related_objects([edition], "priorities")
    prefetch_related_objects([enrolment], "participants")
    with override(language):
        priorities = [rule.get_kind_display() for rule in edition.priorities.all()]
        terms = enrolment.terms if edition.enrolment == EnrolmentMode.SELECTION else None
        criteria = terms.criteria if terms else []
    title, called = title_for(enrolment), enrolment.call_me
    people = [person.name for person in enrolment.participants.all()]
    own = edition.letter_texts.get((name, language))
    write_letter(
        f"enrolment/mail/{name}",
        to=enrolment.email,
        language=language,
        about=enrolment,
        attachments=attachments,
        context={
            "enrolment": enrolment,
            "edition": edition,
            "title": title,
            "called": called,
            "people": people,
            "own": own.filled({"name": called, "course": title, "people": ", ".join(people)}) if own else {},
            "priorities": priorities,
            "criteria": criteria,
            "url": request_url(enrolment),
            **context,
        },
    )


def request_url(enrolment: Enrolment) -> str:
    """The address of a request in the language of its letters."""
    with override(enrolment.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:request", args=[enrolment.letter_token])


STATE_IN_LETTER: dict[str, State] = {
    LetterKind.ENTERED: State.ENTERED,
    LetterKind.WAITING: State.WAITING,
    LetterKind.OFFER: State.OFFERED,
    LetterKind.OFFER_EXPIRED: State.EXPIRED,
    LetterKind.LAPSED: State.LAPSED,
    LetterKind.WITHDRAWN: State.WITHDRAWN,
    LetterKind.TO_BE_SELECTED: State.ENTERED,
    LetterKind.TURNED_AWAY: State.TURNED_AWAY,
}


WAY_IN_LETTER: dict[str, EnrolmentMode] = {
    LetterKind.ENTERED: EnrolmentMode.DRAW,
    LetterKind.TO_BE_SELECTED: EnrolmentMode.SELECTION,
}


def sample(words: LetterText, *, now: datetime) -> Letter:
    """A whole letter with an editor's words for an invented person, to be looked at."""
    soon = now + timedelta(days=7)
    edition = Edition(
        status=EditionStatus.CANCELLED if words.letter == LetterKind.CANCELLED else EditionStatus.PUBLISHED,
        enrolment=WAY_IN_LETTER.get(words.letter, EnrolmentMode.ARRIVAL),
        places=15,
        slug="example",
        closes_at=soon,
        draws_at=soon,
        decides_at=soon,
        venue_name="Sala Verde",
    )
    meeting = Meeting(edition=edition, date=soon.date(), starts_at=time(18, 30), ends_at=time(20))
    with override(words.language):
        course = gettext("Italian for everybody: evening")
    return compose(
        f"enrolment/mail/{words.letter}",
        language=words.language,
        context={
            "enrolment": Enrolment(
                state=STATE_IN_LETTER.get(words.letter, State.ENROLLED),
                receipt_code="ABCD2345",
                draw_code="EFGH6789",
                confirm_by=soon,
                offer_expires_at=soon,
            ),
            "edition": edition,
            "title": course,
            "called": "Samira",
            "people": ["Samira"],
            "own": words.filled({"name": "Samira", "course": course, "people": "Samira"}),
            "draw": Draw(commitment="0" * 64),
            "meetings": [meeting],
            "changes": [MeetingChange(0, None, meeting)],
            "url": settings.WAGTAILADMIN_BASE_URL,
            "confirm_url": settings.WAGTAILADMIN_BASE_URL,
            "draw_url": settings.WAGTAILADMIN_BASE_URL,
            "selection_url": settings.WAGTAILADMIN_BASE_URL,
            "certificate_url": settings.WAGTAILADMIN_BASE_URL,
            "check_url": settings.WAGTAILADMIN_BASE_URL,
        },
    )


# Who wants to be told first


def tell_to_confirm_interest(interest: Interest) -> None:
    """The only letter to an address that nobody has confirmed; opening the link changes nothing, pressing the button there does."""
    write_to_interested(interest, "interest_confirm", course=interest.course.name_in(interest.language))


def tell_first(interest: Interest) -> None:
    """There is a next edition: what it is, from when one can enrol, and the way to the form."""
    edition = interest.edition
    assert edition is not None
    with override(interest.language):
        path = reverse("enrolment:enrol", args=[edition.slug])
    write_to_interested(
        interest,
        "interest_told",
        edition=edition,
        title=edition.title_in(interest.language),
        enrol_url=settings.WAGTAILADMIN_BASE_URL + path,
    )


def write_to_interested(interest: Interest, name: str, **context: Any) -> None:
    with override(interest.language):
        path = reverse("enrolment:told", args=[interest.token])
    write_letter(
        f"enrolment/mail/{name}",
        to=interest.email,
        language=interest.language,
        about=interest,
        context={
            "called": interest.contact_name,
            "url": settings.WAGTAILADMIN_BASE_URL + path,
            **context,
        },
    )
