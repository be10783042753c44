"""Who asks for whom, and what their ages ask of them. Forms put the same questions, so that each answer stands at its field; the verb
puts them again under the lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..enums import AgeBand
from ..models import FULL_AGE, Edition, Meeting, age_on
from ..queries import first_day
from ..validators import folded


@dataclass(frozen=True)
class Contact:
    """Who is written to or called: the person, or the guardian of a child. `phone` as +39…; one of the two is enough.
    `relation` (a kind of Relation) and `responsible`, the declaration of parental responsibility, where anybody is under 18."""

    name: str
    language: str
    email: str = ""
    phone: str = ""
    relation: str = ""
    responsible: bool = False


@dataclass(frozen=True)
class Person:
    """Who takes part."""

    name: str
    name_own_script: str = ""
    call_me: str = ""
    birth_date: date | None = None
    age_band: str = AgeBand.UNKNOWN


def age_days(edition: Edition, meetings: Sequence[Meeting], *, now: datetime) -> tuple[date, date]:
    """Today, and the day of the first meeting, as the clock on the wall of the venue shows them."""
    local = now.astimezone(edition.zone)
    return local.date(), first_day(meetings, now=local)


def age_problem(person: Person, edition: Edition, *, first: date) -> str:
    """Why this person cannot take part; empty if she can. The rule of an edition counts on its first day."""
    if person.birth_date is None:
        if edition.adults_only and person.age_band != AgeBand.ADULT:
            return _("This is for adults. Say that you are 18 or older, please.")
        if edition.asks_birth_date:
            return _("Tell us the date of birth: there is a rule of age here.")
        return ""
    age = age_on(person.birth_date, first)
    too_young = edition.age_from is not None and age < edition.age_from
    too_old = edition.age_to is not None and age > edition.age_to
    return age_sentence(edition, age) if too_young or too_old else ""


def age_sentence(edition: Edition, age: int) -> str:
    on_first_day = ngettext(
        "On the first day this person is %(age)s year old.", "On the first day this person is %(age)s years old.", age
    )
    if edition.age_to is None:
        rule = _("This is for people from %(age_from)s years.")
    elif edition.age_from is None:
        rule = _("This is for people up to %(age_to)s years.")
    else:
        rule = _("This is for people from %(age_from)s to %(age_to)s years.")
    return f"{rule} {on_first_day}" % {"age": age, "age_from": edition.age_from, "age_to": edition.age_to}


def minors(people: Iterable[Person], *, days: Iterable[date]) -> list[Person]:
    """Who is under 18 on any of these days: when the request is made, or when the course begins."""
    earliest = min(days)
    return [
        person for person in people if person.birth_date is not None and age_on(person.birth_date, earliest) < FULL_AGE
    ]


def guardian_problems(contact: Contact, young: Sequence[Person]) -> dict[str, str]:
    """What is missing of who asks for people under 18, by the attribute of Contact. The law wants all of it under 14; we ask the same
    for everybody under 18, so that there is one rule to explain."""
    if not young:
        return {}
    problems = {}
    if folded(contact.name) in {folded(person.name) for person in young}:
        problems["name"] = _("Who is under 18 is enrolled by a parent or guardian: write her or his name.")
    if not contact.relation:
        problems["relation"] = _("Say what you are to the person who is under 18.")
    if not contact.responsible:
        problems["responsible"] = _("Tick the box: who is under 18 needs the agreement of those who are responsible.")
    return problems
