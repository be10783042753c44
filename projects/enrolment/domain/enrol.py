from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from foundation_site.core.errors import RuleViolation

from .. import emails
from ..enums import Channel, EnrolmentMode, Priority, Standing, State
from ..models import Answer, Decision, Draw, Edition, Enrolment, Meeting, Participant
from ..queries import count_places, is_full, is_over, is_plain, living_twins, meetings_of, standing
from ..validators import folded, person_key
from .expire import end_due
from .offer import look_again, offer_free_places
from .party import Contact, Person, age_days, age_problem, guardian_problems, minors
from .steps import lock_edition

TIME_TO_CONFIRM, SHORTEST_TIME_TO_CONFIRM = timedelta(hours=24), timedelta(hours=1)


def enrol(
    edition: Edition,
    *,
    contact: Contact,
    people: Sequence[Person],
    request_key: UUID,
    now: datetime,
    declared: Sequence[str] = (),
    answers: Mapping[int, str] | None = None,
    channel: str = Channel.WEB,
    by: Any = None,
) -> Enrolment:
    """Ask for places for a party, all or none: it is enrolled if they are free and nobody waits, else it waits in line; where places
    are given together it enters. `declared`: the kinds of Priority that the person says hold for her;
    `answers`: to the questions of the edition, by their id.

    From the web the request is provisional until the contact is confirmed: within a day by the link in our letter, else by a call
    of ours. From the desk it is confirmed. The same form sent again gets the same request; a person who has a living one gets that, and nothing is written.
    Raises RuleViolation with a sentence for the person when a rule says no.
    """
    check_contact(contact)
    keys = [person_key(person.name, email=contact.email, phone=contact.phone) for person in people]
    with transaction.atomic():
        edition = lock_edition(edition.pk)
        meetings = meetings_of(edition)
        plain = is_plain(edition, request_key, keys, now=now)
        known = None if plain else sent_before(edition, request_key, keys)
        if known:
            return known
        check_standing(standing(edition, now=now, over=is_over(meetings, now=now), full=False), edition)
        check_list_open(edition)
        young = check_people(people, contact, edition, meetings, now=now)
        check_not_twice(keys)
        known = None if plain else asked_before(edition, keys, people)
        if known:
            return known
        given = check_answers(edition, answers or {})
        if not plain and end_due(edition, now=now):
            offer_free_places(edition, now=now)
        state = first_state(edition, len(people))
        enrolment = Enrolment.objects.create(
            edition=edition,
            state=state,
            terms=edition.terms.last(),
            declared=[kind for kind in declared if kind in Priority.DECLARED],
            requested_at=now,
            changed_at=now,
            first_held_at=now if state == State.ENROLLED else None,
            contact_name=contact.name,
            email=folded(contact.email),
            phone=contact.phone,
            language=contact.language,
            relation=contact.relation if young else "",
            responsible=contact.responsible if young else False,
            channel=channel,
            request_key=request_key,
            confirmed_at=now if channel in Channel.STAFF else None,
            confirm_by=confirm_by(edition, meetings, now=now)
            if contact.email and channel not in Channel.STAFF
            else None,
        )
        Participant.objects.bulk_create(
            Participant(
                enrolment=enrolment,
                edition=edition,
                name=person.name,
                name_own_script=person.name_own_script,
                call_me=person.call_me,
                birth_date=person.birth_date,
                age_band=person.age_band,
                person_key=key,
            )
            for person, key in zip(people, keys, strict=True)
        )
        Answer.objects.bulk_create(
            Answer(enrolment=enrolment, question_id=question, value=value) for question, value in given.items()
        )
        prefetch_related_objects([enrolment], "participants")  # the letter asks for them more than once
        log(instance=enrolment, action=f"enrolment.{enrolment.state}", user=by)
        if enrolment.confirm_by:
            look_again(edition, at=enrolment.confirm_by)
        fits = state == State.WAITING and not too_few(
            edition, len(people)
        )  # where a larger party, that waits, does not
        if fits and enrolment in offer_free_places(edition, now=now):
            enrolment.refresh_from_db()
        else:
            emails.tell_state(enrolment, now=now)
    return enrolment


def first_state(edition: Edition, size: int) -> State:
    """In a draw and in a selection all enter; else who comes gets a place if all of her party fit and nobody waits."""
    if edition.enrolment in EnrolmentMode.TOGETHER:
        return State.ENTERED
    count_places(edition)
    return State.WAITING if is_full(edition) or too_few(edition, size) else State.ENROLLED


def confirm_by(edition: Edition, meetings: list[Meeting], *, now: datetime) -> datetime:
    """Until when a provisional request is kept: a day, but not into the first meeting where that leaves time enough, and never
    past the closing of a draw or a selection."""
    end = now + TIME_TO_CONFIRM
    if edition.enrolment in EnrolmentMode.TOGETHER and edition.closes_at:
        return min(end, edition.closes_at)
    first = min((meeting.start for meeting in meetings if not meeting.cancelled), default=end)
    return min(end, max(first, now + SHORTEST_TIME_TO_CONFIRM))


# Gates


def check_contact(contact: Contact) -> None:
    if not contact.email and not contact.phone:
        raise RuleViolation(_("Give an e-mail address or a phone number, so that we can reach you."), code="contact")


def check_standing(stands: Standing, edition: Edition) -> None:
    if stands in Standing.ENROLLING:
        return
    raise RuleViolation(why_closed(stands, edition), code=stands.value)


def check_list_open(edition: Edition) -> None:
    """The list of a draw may have been closed, or a selection decided, while this request waited for the lock: it would be in none."""
    closed = {
        EnrolmentMode.DRAW: Draw.objects.filter(edition=edition, frozen_at__isnull=False),
        EnrolmentMode.SELECTION: Decision.objects.filter(edition=edition),
    }
    if edition.enrolment in closed and closed[EnrolmentMode(edition.enrolment)].exists():
        raise RuleViolation(why_closed(Standing.CLOSED, edition), code=Standing.CLOSED.value)


def why_closed(stands: Standing, edition: Edition) -> str:
    """The sentence for who cannot enrol now."""
    if stands == Standing.SOON and edition.opens_at:
        opens = date_format(edition.opens_at.astimezone(edition.zone), "DATETIME_FORMAT")
        return _("Enrolment is not open yet. It opens on %(opens)s.") % {"opens": opens}
    sentences = {
        Standing.CANCELLED: _("This has been cancelled. You cannot enrol any more."),
        Standing.FINISHED: _("This is over. You cannot enrol any more."),
        Standing.CLOSED: _("Enrolment is closed. Write to us or call us: we tell you when there is another edition."),
        Standing.FREE_ENTRY: _("You need not enrol: just come."),
    }
    return sentences.get(stands, _("You cannot enrol here at the moment."))


def check_people(
    people: Sequence[Person], contact: Contact, edition: Edition, meetings: list[Meeting], *, now: datetime
) -> list[Person]:
    """Returns who of them is under 18."""
    if len(people) > edition.party_max:
        raise RuleViolation(too_many(edition), code="party")
    today, first = age_days(edition, meetings, now=now)
    for person in people:
        problem = age_problem(person, edition, first=first)
        if problem:
            raise RuleViolation(problem, code="age")
    young = minors(people, days=(today, first))
    for problem in guardian_problems(contact, young).values():
        raise RuleViolation(problem, code="guardian")
    return young


def check_answers(edition: Edition, answers: Mapping[int, str]) -> dict[int, str]:
    """Returns those that are asked for here."""
    asked = list(edition.questions.all())
    if any(each.required and not answers.get(each.question_id) for each in asked):
        raise RuleViolation(_("A question that needs an answer has none."), code="answer")
    return {each.question_id: answers[each.question_id] for each in asked if answers.get(each.question_id)}


def too_many(edition: Edition) -> str:
    sentence = ngettext(
        "One request here is for %(number)s person.",
        "One request here is for at most %(number)s people.",
        edition.party_max,
    )
    return sentence % {"number": edition.party_max}


def check_not_twice(keys: Sequence[str]) -> None:
    if len(set(keys)) < len(keys):
        raise RuleViolation(_("The same person is here twice."), code="twice")


# Asked twice


def sent_before(edition: Edition, request_key: UUID, keys: Sequence[str]) -> Enrolment | None:
    """The request that this very form made: a double click, a retry, the back button."""
    known = Enrolment.objects.filter(edition=edition, request_key=request_key).first()
    if known is None:
        return None
    known.edition = edition
    people = list(known.participants.all())
    if {person.person_key for person in people} != set(keys):
        raise RuleViolation(
            _(
                "You have already sent this form for %(name)s. To enrol somebody else as well, press the button once more."
            )
            % {"name": people[0].name if people else known.contact_name},
            code="form_used",
        )
    return known


def asked_before(edition: Edition, keys: Sequence[str], people: Sequence[Person]) -> Enrolment | None:
    """The living request of the same people, whatever form it came by."""
    twins = list(living_twins(edition, keys).prefetch_related("participants"))
    if not twins:
        return None
    known = twins[0]
    known.edition = edition
    taken = {person.person_key for twin in twins for person in twin.participants.all()}
    if not set(keys) <= {person.person_key for person in known.participants.all()}:
        name = next(person.name for person, key in zip(people, keys, strict=True) if key in taken)
        raise RuleViolation(
            _("%(name)s has a request here already. Take this person out and send the form again.") % {"name": name},
            code="partly",
        )
    return known


def too_few(counted: Edition, size: int) -> bool:
    return counted.places is not None and counted.free < size
