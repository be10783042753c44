"""The letters, in the person's language; called by the domain inside its transaction. Who gave only a phone gets none: staff call."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from foundation_site.core.mail.letters import write_letter

from .enums import State
from .ics import CONTENT_TYPE, calendar_text
from .models import Draw, Enrolment
from .queries import meetings_of, position


def tell_state(enrolment: Enrolment, *, now: datetime) -> None:
    """What the person has now: to confirm, a place, or a number on the waiting list."""
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
    """You are in the draw: your code in it, when it is, and the fingerprint of its secret, so that you can check us."""
    write(enrolment, "entered", draw=Draw.objects.get(edition=enrolment.edition_id), draw_url=draw_url(enrolment))


def draw_url(enrolment: Enrolment) -> str:
    with override(enrolment.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:draw", args=[enrolment.edition.slug])


def tell_lapsed(enrolment: Enrolment) -> None:
    write(enrolment, "lapsed")


def tell_enrolled(enrolment: Enrolment, *, now: datetime) -> None:
    """You have a place; with all meetings as a calendar file."""
    edition = enrolment.edition
    meetings = meetings_of(edition)
    title = edition.title_in(enrolment.language)
    attachments = []
    if meetings:
        attachments = [(f"{edition.slug}.ics", CONTENT_TYPE, calendar_text(edition, meetings, title=title, now=now))]
    held = [meeting for meeting in meetings if not meeting.cancelled]
    write(enrolment, "enrolled", title=title, meetings=held, attachments=attachments)


def tell_waiting(enrolment: Enrolment) -> None:
    write(enrolment, "waiting", position=position(enrolment))


def tell_offered(enrolment: Enrolment) -> None:
    """A place is free for you until …; the answer is given on the page behind the link, never by opening it."""
    write(enrolment, "offer")


def tell_expired(enrolment: Enrolment) -> None:
    write(enrolment, "offer_expired")


def tell_withdrawn(enrolment: Enrolment) -> None:
    write(enrolment, "withdrawn")


def tell_again(enrolment: Enrolment) -> None:
    """Somebody asked once more for what is there already."""
    write(enrolment, "again")


def write(enrolment: Enrolment, name: str, *, title: str = "", attachments: Any = (), **context: Any) -> None:
    if enrolment.to_phone:
        return
    language = enrolment.language
    write_letter(
        f"enrolment/mail/{name}",
        to=enrolment.email,
        language=language,
        about=enrolment,
        attachments=attachments,
        context={
            "enrolment": enrolment,
            "edition": enrolment.edition,
            "title": title or enrolment.edition.title_in(language),
            "called": enrolment.call_me,
            "people": [person.name for person in enrolment.participants.all()],
            "url": request_url(enrolment),
            **context,
        },
    )


def request_url(enrolment: Enrolment) -> str:
    """The address of a request in the language of its letters."""
    with override(enrolment.language):
        return settings.WAGTAILADMIN_BASE_URL + reverse("enrolment:request", args=[enrolment.token])
