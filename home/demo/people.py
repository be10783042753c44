"""The demonstration's courses, events, associations and the invented people in them."""

import datetime
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from associations.membership.models import (
    Association,
    AssociationCommunity,
    AssociationField,
    AssociationLanguage,
    Membership,
)
from foundation_site.users.models import User
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.certify import certify
from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.enrol import Contact, Person, enrol
from projects.enrolment.domain.mark import mark
from projects.enrolment.domain.turn_away import turn_away
from projects.enrolment.enums import AgeBand, EditionKind, EditionStatus, EnrolmentMode, Relation, State
from projects.enrolment.models import (
    FULL_AGE,
    Course,
    CourseName,
    Criterion,
    CriterionName,
    Edition,
    EditionName,
    EditionQuestion,
    Enrolment,
    Meeting,
    PriorityRule,
    Question,
    QuestionText,
)

from .content import CONTENT, SOURCE, data, load

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
ADDRESS = "via Marzabotto 3, 42122 Reggio Emilia"
PEOPLE_OF_YEAR = 2026  # the year for which the years of birth were chosen


@dataclass(frozen=True)
class Account:
    """A person of the demonstration who signs in."""

    role: str
    email: str
    first_name: str
    last_name: str
    groups: tuple[str, ...] = ()
    superuser: bool = False


TEACHER = "insegnante@mondinsieme.example"

ACCOUNTS = [
    Account("Everything", "admin@mondinsieme.example", "Marta", "Codeluppi", superuser=True),
    Account("Administration", "amministrazione@mondinsieme.example", "Livia", "Sassi", ("Amministrazione",)),
    Account("Editor", "redazione@mondinsieme.example", "Bruna", "Ferrari", ("Redazione",)),
    Account("Approver", "approvazione@mondinsieme.example", "Tommaso", "Ruini", ("Approvazione",)),
    Account("Translator (Arabic)", "traduzione@mondinsieme.example", "Yusra", "Hamdaoui", ("Traduzione",)),
    Account("Course desk", "corsi@mondinsieme.example", "Daniela", "Incerti", ("Sportello corsi",)),
    Account("Teacher", TEACHER, "Nadia", "Benali", ("Insegnanti",)),
    Account("Assessor", "valutazione@mondinsieme.example", "Salvatore", "Greco", ("Valutazione",)),
    Account("Assessor, second person", "valutazione2@mondinsieme.example", "Grace", "Owusu", ("Valutazione",)),
    Account("Membership desk", "adesioni@mondinsieme.example", "Kofi", "Mensah", ("Sportello adesioni",)),
    Account(
        "Membership desk, second person", "direzione@mondinsieme.example", "Irina", "Rusu", ("Sportello adesioni",)
    ),
]


def load_accounts(password: str) -> None:
    """One account per role; a password that was changed since stays changed."""
    for account in ACCOUNTS:
        user = User.objects.filter(email=account.email).first()
        if user is None:
            make = User.objects.create_superuser if account.superuser else User.objects.create_user
            user = make(account.email, password, first_name=account.first_name, last_name=account.last_name)
        user.groups.add(*Group.objects.filter(name__in=account.groups))


def load_occasions() -> None:
    """Courses with their editions, and the dates of events, counted from today."""
    for slug, row in data("courses").items():
        course, created = Course.objects.get_or_create(
            slug=slug,
            defaults={"label": row["title"], "kind": row["kind"], "language": row["language"], "level": row["level"]},
        )
        if created:
            page = load(CONTENT / "corsi" / f"{slug}.yaml")
            titles = {
                code: texts["title"] for code, texts in page.items() if isinstance(texts, dict) and "title" in texts
            }
            CourseName.objects.bulk_create(
                CourseName(course=course, language=code, text=title) for code, title in titles.items() if code != SOURCE
            )
        for edition in row["editions"]:
            load_edition(course, edition)
    for slug, row in data("events").items():
        load_event(slug, row)


def load_edition(course: Course, row: dict[str, Any]) -> None:
    today = timezone.localdate()
    edition, created = Edition.objects.get_or_create(
        slug=f"{course.slug}-{row['key']}",
        defaults={
            "course": course,
            "label": row["label"],
            "status": EditionStatus.PUBLISHED,
            "enrolment": row.get("enrolment") or EnrolmentMode.ARRIVAL,
            "places": row["places"],
            "minimum": row["minimum"],
            "age_from": row["age_from"],
            "age_to": row["age_to"],
            "opens_at": at(today + timedelta(days=row["opens_in_days"]), 9),
            "closes_at": at(today + timedelta(days=row["closes_in_days"]), 23),
            "party_max": row.get("party_max", 1),
            "draws_at": at(today + timedelta(days=row["draws_in_days"]), 12) if row.get("draws_in_days") else None,
            "decides_at": at(today + timedelta(days=row["decides_in_days"]), 12)
            if row.get("decides_in_days")
            else None,
            "venue_name": row["venue"],
            "venue_address": ADDRESS,
            "venue_step_free": "yes",
            "teacher": row["teacher"],
        },
    )
    if not created:
        return
    EditionName.objects.bulk_create(
        EditionName(edition=edition, language=code, text=text) for code, text in row["names"].items()
    )
    PriorityRule.objects.bulk_create(
        PriorityRule(edition=edition, kind=kind, sort_order=order)
        for order, kind in enumerate(row.get("priorities") or [])
    )
    for criterion in row.get("criteria") or []:
        load_criterion(edition, criterion)
    EditionQuestion.objects.bulk_create(
        EditionQuestion(edition=edition, question=load_question(key), required=True)
        for key in row.get("questions") or []
    )
    announce(edition, now=timezone.now())
    first = today + timedelta(days=row["first_meeting_in_days"])
    first += timedelta(days=(WEEKDAYS.index(row["weekday"]) - first.weekday()) % 7)
    Meeting.objects.bulk_create(
        Meeting(
            edition=edition,
            date=first + timedelta(weeks=week),
            starts_at=clock(row["starts"]),
            ends_at=clock(row["ends"]),
        )
        for week in range(row["meetings"])
    )


def load_criterion(edition: Edition, row: dict[str, Any]) -> None:
    criterion = Criterion.objects.create(edition=edition, label=row["label"], weight=row["weight"])
    CriterionName.objects.bulk_create(
        CriterionName(criterion=criterion, language=code, text=text) for code, text in row["names"].items()
    )


def load_question(key: str) -> Question:
    row = data("questions")[key]
    question, created = Question.objects.get_or_create(
        label=row["label"],
        defaults={name: row[name] for name in ("kind", "purpose", "retention_days")},
    )
    if created:
        QuestionText.objects.bulk_create(
            QuestionText(question=question, language=code, **texts) for code, texts in row["texts"].items()
        )
    return question


def load_event(slug: str, row: dict[str, Any]) -> None:
    edition, created = Edition.objects.get_or_create(
        slug=slug,
        defaults={
            "kind": EditionKind.EVENT,
            "label": row["title"],
            "status": EditionStatus.PUBLISHED,
            "enrolment": EnrolmentMode.ARRIVAL if row["places"] else EnrolmentMode.NONE,
            "places": row["places"],
            "venue_name": row["venue"],
            "venue_address": ADDRESS,
            "venue_step_free": "yes",
            "languages": ", ".join(row["languages"]),
        },
    )
    if created:
        day = timezone.localdate() + timedelta(days=row["starts_in_days"])
        Meeting.objects.create(edition=edition, date=day, starts_at=clock(row["starts"]), ends_at=clock(row["ends"]))
        page = load(CONTENT / "agenda" / f"{slug}.yaml")
        EditionName.objects.bulk_create(
            EditionName(edition=edition, language=code, text=texts["title"])
            for code, texts in page.items()
            if isinstance(texts, dict) and "title" in texts and code != SOURCE
        )


def load_enrolments() -> None:
    """People ask for places one after the other, by the same way as on the site: nobody is put in by hand."""
    people = data("people")
    for course, row in data("courses").items():
        for edition_row in row["editions"]:
            first, number = edition_row.get("people_from", 0), edition_row["taken"] + edition_row["waiting"]
            edition = Edition.objects.get(slug=f"{course}-{edition_row['key']}")
            if Enrolment.objects.filter(edition=edition).exists():
                continue
            assert edition.opens_at is not None
            for minute, person in enumerate(people[first : first + number], start=1):
                ask_for_place(edition, person, now=edition.opens_at + timedelta(minutes=17 * minute))
            if edition_row.get("over"):
                finish(edition)


def finish(edition: Edition) -> None:
    """All meetings have been: who was there, the certificates, and no place for who still waits. Each fifth person came every other time."""
    meetings = list(edition.meetings.all())
    teacher = User.objects.get(email=TEACHER)
    edition.teachers.add(teacher)
    people = edition.participants.filter(enrolment__state=State.ENROLLED)
    for number, person in enumerate(people):
        for week, meeting in enumerate(meetings):
            mark(person, meeting, present=number % 5 != 4 or week % 2 == 0, now=meeting.end, by=teacher)
    after = meetings[-1].end + timedelta(days=1)
    turn_away(edition, now=after)
    certify(edition, now=after)


def ask_for_place(edition: Edition, row: dict[str, Any], *, now: datetime.datetime) -> None:
    """One request; whoever is a minor is enrolled by the guardian."""
    with transaction.atomic():
        birth_date = None
        if edition.asks_birth_date:
            birth_date = datetime.date(row["birth_year"] + timezone.localdate().year - PEOPLE_OF_YEAR, 1, 15)
        asked = enrol(
            edition,
            contact=Contact(
                name=row.get("guardian") or row["name"],
                language=row["language"],
                email=row["email"],
                phone=row["phone"].replace(" ", ""),
                relation=Relation.PARENT if row.get("guardian") else "",
                responsible=bool(row.get("guardian")),
            ),
            people=[
                Person(
                    name=row["name"],
                    name_own_script=row.get("name_own_script") or "",
                    birth_date=birth_date,
                    age_band=AgeBand.ADULT if (edition.age_from or 0) >= FULL_AGE else AgeBand.UNKNOWN,
                )
            ],
            request_key=uuid.uuid4(),
            answers={asked.question_id: "no" for asked in edition.questions.all()},
            now=now,
        )
        confirm(asked, now=now + timedelta(minutes=5))


def load_associations() -> None:
    for slug, row in data("associations").items():
        association, created = Association.objects.get_or_create(
            slug=slug,
            defaults={
                "name": row["name"],
                "short_name": row["short_name"],
                "name_own": row["names_own"] or "",
                "legal_form": row["legal_form"],
                "founded": row["founded"],
                "members": row["members"],
                "email": row["email"],
                "public_email": row["email"],
                "seat_city": "Reggio Emilia",
            },
        )
        if not created:
            continue
        for model, field, values in (
            (AssociationCommunity, "country", row["communities"]),
            (AssociationLanguage, "language", row["languages"]),
            (AssociationField, "field", row["fields"]),
        ):
            model.objects.bulk_create(model(association=association, **{field: value}) for value in values)
        Membership.objects.create(
            association=association, number=row["number"], since=datetime.date.fromisoformat(row["since"])
        )


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def clock(text: str) -> datetime.time:
    return datetime.time.fromisoformat(text)
