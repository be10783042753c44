"""Several people in one request: blocks that come and go without a script, minors and who asks for them."""

import re
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from foundation_site.core import robots
from foundation_site.core.errors import RuleViolation
from foundation_site.users.models import User
from projects.enrolment.domain.party import Person, age_days
from projects.enrolment.enums import Relation, State
from projects.enrolment.models import Edition, Enrolment, Participant, PriorityRule

SOON = timezone.localdate() + timedelta(days=30)
URL = "/en/enrol/arabo-sera/"
FORM_QUERIES = 7


@pytest.fixture
def edition(home: Any, make_edition: Callable[..., Edition]) -> Edition:
    return make_edition(dates=(SOON,), places=4)


@pytest.fixture
def for_children(home: Any, make_edition: Callable[..., Edition]) -> Edition:
    return make_edition(dates=(SOON,), places=4, age_from=6, age_to=17)


def born(age: int, *, on: date = SOON) -> str:
    return f"{on.year - age}-01-01"


def sent(*people: dict[str, str], **fields: Any) -> dict[str, Any]:
    """The form of a party as a person sends it, some seconds after she opened it."""
    blocks = {f"people-{index}-{name}": value for index, one in enumerate(people) for name, value in one.items()}
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    return {
        "people-TOTAL_FORMS": str(len(people)),
        "people-INITIAL_FORMS": "0",
        "stamp": stamp,
        "request_key": str(uuid.uuid4()),
        "language": "it",
        "email": "rosa@example.org",
        **blocks,
        **fields,
    }


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def summary(response: Any) -> list[tuple[str, str]]:
    """Anchor and words of each link in the summary of errors."""
    inside = re.search(r'id="error-summary".*?</ul>', text(response))
    return re.findall(r'<a href="#([^"]+)">(.*?)</a>', inside[0] if inside else "")


def named(response: Any) -> list[str]:
    """The names that stand in the blocks."""
    return re.findall(r'name="people-\d+-name"(?: value="([^"]*)")?', text(response))


ROSA = {"contact_name": "Rosa", "relation": "parent", "responsible": "on"}


# Blocks


def test_the_form_begins_with_one_block(client: Client, edition: Edition):
    page = client.get(URL)

    assert named(page) == [""]
    assert 'name="take_out"' not in text(page)
    assert 'name="people-0-birth_date"' not in text(page)


def test_enter_sends_the_form(client: Client, edition: Edition):
    """The first button of a form is what Enter presses."""
    form = text(client.get(URL)).split('<form class="form"')[1]

    assert re.findall(r"<button[^>]*>", form)[0] == (
        '<button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">'
    )


def test_adding_a_person_keeps_everything_and_says_nothing_wrong(client: Client, edition: Edition):
    form = sent({"name": "Giulia", "call_me": "Giu"}, email="wrong", phone="12", language="ar", add="1")

    page = client.post(URL, form)

    assert page.status_code == 200
    assert named(page) == ["Giulia", ""]
    assert 'value="Giu"' in text(page)
    assert 'value="wrong"' in text(page)
    assert '<option value="ar" selected>' in text(page)
    assert form["request_key"] in text(page)
    assert form["stamp"] in text(page)
    assert "error-summary" not in text(page)
    assert re.search(r'<input type="text" name="people-1-name"[^>]*autofocus', text(page))
    assert Enrolment.objects.count() == 0


def test_no_more_people_than_may_ask_together(client: Client, edition: Edition):
    people = [{"name": f"Persona {letter}"} for letter in "abcd"]

    page = client.post(URL, sent(*people, add="1"))

    assert len(named(page)) == 4
    assert 'name="add"' not in text(page)


@pytest.mark.parametrize(
    ("out", "left"),
    [("0", ["Samira", "Irina"]), ("1", ["Giulia", "Irina"]), ("7", ["Giulia", "Samira", "Irina"])],
    ids=["the first", "the second", "one that is not there"],
)
def test_taking_a_person_out_keeps_the_others(client: Client, edition: Edition, out: str, left: list[str]):
    page = client.post(URL, sent({"name": "Giulia"}, {"name": "Samira"}, {"name": "Irina"}, take_out=out))

    assert named(page) == left
    assert 'value="rosa@example.org"' in text(page)


def test_the_last_person_leaves_an_empty_block(client: Client, edition: Edition):
    assert named(client.post(URL, sent({"name": "Giulia"}, take_out="0"))) == [""]


def test_a_party_is_one_request_and_empty_blocks_are_nobody(client: Client, edition: Edition):
    people = {"name": "Giulia"}, {"name": " "}, {"name": "Samira", "name_own_script": "سميرة"}, {"name": ""}

    answer = client.post(URL, sent(*people))

    assert answer.status_code == 302
    enrolment = Enrolment.objects.get()
    assert (enrolment.contact_name, enrolment.relation, enrolment.responsible) == ("Giulia", "", False)
    assert [(one.name, one.name_own_script) for one in enrolment.participants.all()] == [
        ("Giulia", ""),
        ("Samira", "سميرة"),
    ]


def test_a_party_has_places_together_or_none(client: Client, edition: Edition, ask: Any):
    ask(edition, "Irina", "Anna", now=timezone.now())

    client.post(URL, sent({"name": "Giulia"}, {"name": "Samira"}, {"name": "Lia"}))

    assert Enrolment.objects.get(contact_name="Giulia").state == State.WAITING
    assert Participant.objects.filter(enrolment__state=State.ENROLLED).count() == 2


def test_bad_input_in_the_second_person_is_hers_and_loses_nothing(client: Client, edition: Edition):
    people = {"name": "Giulia", "call_me": "Giu"}, {"name": "Win http://evil.example", "call_me": "Sam"}

    page = client.post(URL, sent(*people, contact_name="Rosa"))

    assert page.status_code == 422
    assert summary(page) == [
        (
            "id_people-1-name",
            "Person 2: Name and surname of the person who takes part – Write a name here, not an address.",
        )
    ]
    assert 'aria-describedby="id_people-1-name_helptext id_people-1-name_error"' in text(page)
    assert named(page) == ["Giulia", "Win http://evil.example"]
    assert all(f'value="{typed}"' in text(page) for typed in ("Giu", "Sam", "Rosa", "rosa@example.org"))
    assert Enrolment.objects.count() == 0


def test_a_block_without_a_name_is_not_ignored_if_anything_is_written(client: Client, edition: Edition):
    page = client.post(URL, sent({"name": "Giulia"}, {"name": "", "call_me": "Sam"}))

    assert [anchor for anchor, _words in summary(page)] == ["id_people-1-name"]


def test_the_same_person_twice_is_told(client: Client, edition: Edition):
    page = client.post(URL, sent({"name": "Giulia"}, {"name": "GIULIA"}))

    assert page.status_code == 422
    assert "The same person is here twice." in text(page)


def test_every_adult_of_a_party_says_so(client: Client, home: Any, make_edition: Any):
    make_edition(dates=(SOON,), age_from=18)
    giulia, samira = {"name": "Giulia", "adult": "on"}, {"name": "Samira"}

    page = client.post(URL, sent(giulia, samira))

    assert [anchor for anchor, _words in summary(page)] == ["id_people-1-adult"]
    assert client.post(URL, sent(giulia, {**samira, "adult": "on"})).status_code == 302


def test_the_count_of_blocks_is_mended_when_it_is_spoilt(client: Client, edition: Edition):
    broken = client.post(URL, sent({"name": "Giulia"}, **{"people-TOTAL_FORMS": "x"}))
    many = client.post(URL, sent({"name": "Giulia"}, **{"people-TOTAL_FORMS": "100000"}))

    assert "A part of the form did not arrive." in text(broken)
    assert named(broken) == ["Giulia"]
    assert 'name="people-TOTAL_FORMS" value="1"' in text(broken)
    assert "more people than one request can hold" in text(many)
    assert named(many) == ["Giulia", "", "", ""]
    assert 'name="people-TOTAL_FORMS" value="4"' in text(many)


def test_the_form_runs_from_the_right_in_arabic(client: Client, for_children: Edition):
    page = text(client.post("/ar/enrol/arabo-sera/", sent({"name": "سميرة"}, {"name": "Nadia"})))

    assert '<html lang="ar" dir="rtl"' in page
    for index in (0, 1):
        assert re.search(rf'name="people-{index}-name"[^>]*dir="auto"', page)
        assert re.search(rf'<input type="date" name="people-{index}-birth_date"[^>]*dir="ltr"', page)
    assert re.search(r'<input type="email" name="email"[^>]*dir="ltr"', page)


@pytest.mark.parametrize("number", [1, 10])
def test_many_people_ask_no_more_questions(
    client: Client, home: Any, make_edition: Any, number: int, django_assert_num_queries: Any
):
    make_edition(dates=(SOON,), party_max=10, age_from=18)
    form = sent(*({"name": f"Persona {letter}"} for letter in "abcdefghij"[:number]))
    client.post(URL, form)

    with django_assert_num_queries(FORM_QUERIES):
        page = client.post(URL, form)

    assert len(summary(page)) == number


def test_a_form_that_was_used_keeps_all_that_was_declared(client: Client, home: Any, make_edition: Any):
    end = timezone.now() + timedelta(days=5)
    edition = make_edition(dates=(SOON,), enrolment="draw", closes_at=end, draws_at=end)
    for kind in ("resident", "beginner"):
        PriorityRule.objects.create(edition=edition, kind=kind)
    form = sent({"name": "Giulia"}, declared=["resident", "beginner"])
    client.post(URL, form)

    page = client.post(URL, {**form, "people-0-name": "Samira"})

    assert "press the button once more" in text(page)
    assert re.findall(r'name="declared" value="(\w+)"[^>]*checked', text(page)) == ["resident", "beginner"]


# Minors


def test_a_guardian_brings_two_children_in_one_request(client: Client, for_children: Edition):
    people = {"name": "Mateo", "birth_date": born(8)}, {"name": "Lucia", "birth_date": born(12)}

    client.post(URL, sent(*people, **ROSA))

    enrolment = Enrolment.objects.get()
    assert (enrolment.contact_name, enrolment.relation, enrolment.responsible) == ("Rosa", Relation.PARENT, True)
    page = text(client.get(f"/en/enrol/request/{enrolment.token}/"))
    assert "<bdi>Mateo</bdi><br><bdi>Lucia</bdi>" in page


@pytest.mark.parametrize("age", [8, 17], ids=["under 14", "under 18"])
def test_what_is_missing_of_a_guardian_stands_at_its_field(client: Client, for_children: Edition, age: int):
    page = client.post(URL, sent({"name": "Mateo", "birth_date": born(age)}))

    assert [anchor for anchor, _words in summary(page)] == ["id_contact_name", "id_relation_0", "id_responsible"]
    assert named(page) == ["Mateo"]


def test_a_wrong_name_of_a_guardian_is_told_once(client: Client, for_children: Edition):
    page = client.post(URL, sent({"name": "Mateo", "birth_date": born(8)}, **{**ROSA, "contact_name": "..."}))

    assert summary(page) == [("id_contact_name", "Who writes for all – Write the name with letters, in any alphabet.")]


def test_no_minor_is_the_contact_of_another(client: Client, for_children: Edition):
    people = {"name": "Mateo", "birth_date": born(8)}, {"name": "Lucia", "birth_date": born(12)}

    page = client.post(URL, sent(*people, **{**ROSA, "contact_name": "lucia"}))

    assert [anchor for anchor, _words in summary(page)] == ["id_contact_name"]


def test_a_mother_takes_part_with_her_child(client: Client, home: Any, make_edition: Any):
    make_edition(dates=(SOON,), age_from=6)
    people = {"name": "Rosa", "birth_date": born(30)}, {"name": "Mateo", "birth_date": born(8)}

    answer = client.post(URL, sent(*people, relation="parent", responsible="on"))

    assert answer.status_code == 302
    assert Enrolment.objects.get().contact_name == "Rosa"


def test_the_age_of_each_person_is_answered_at_her_block(client: Client, for_children: Edition):
    people = {"name": "Mateo", "birth_date": born(8)}, {"name": "Lucia", "birth_date": born(5)}

    page = client.post(URL, sent(*people, **ROSA))

    assert [anchor for anchor, _words in summary(page)] == ["id_people-1-birth_date"]
    assert "This is for people from 6 to 17 years. On the first day this person is 5 years old." in text(page)


def test_adults_declare_nothing_and_nothing_is_kept(client: Client, home: Any, make_edition: Any):
    make_edition(dates=(SOON,), age_from=16)

    client.post(URL, sent({"name": "Giulia", "birth_date": born(30)}, **{**ROSA, "contact_name": ""}))

    enrolment = Enrolment.objects.get()
    assert (enrolment.contact_name, enrolment.relation, enrolment.responsible) == ("Giulia", "", False)


@pytest.mark.parametrize(
    ("birth_date", "first_meeting"),
    [(date(2008, 10, 10), date(2026, 10, 20)), (date(2008, 9, 20), date(2026, 9, 10))],
    ids=["of age before the course begins", "of age since the course began"],
)
def test_who_is_under_18_on_either_day_has_a_guardian(
    make_edition: Any, ask: Any, birth_date: date, first_meeting: date
):
    edition = make_edition(age_from=16, dates=(first_meeting, date(2026, 12, 1)))
    people = [Person(name="Imane", birth_date=birth_date)]

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Imane", people=people)

    assert refused.value.code == "guardian"
    assert ask(edition, "Karim", people=people).relation == Relation.PARENT


@pytest.mark.parametrize("missing", [{"relation": ""}, {"responsible": False}], ids=["relation", "declaration"])
def test_the_verb_wants_relation_and_declaration(make_edition: Any, ask: Any, missing: dict[str, Any]):
    edition = make_edition(age_from=6)

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Rosa", people=[Person(name="Mateo", birth_date=date(2018, 3, 1))], **missing)

    assert refused.value.code == "guardian"


def test_today_is_what_the_clock_at_the_venue_shows(make_edition: Any):
    edition = make_edition(dates=())
    late = datetime(2026, 10, 1, 22, 30, tzinfo=UTC)

    assert age_days(edition, [], now=late) == (date(2026, 10, 2), date(2026, 10, 2))


def test_the_database_keeps_relation_and_declaration_together(make_edition: Any, ask: Any):
    enrolment = ask(make_edition(), "Giulia")

    with pytest.raises(IntegrityError, match="a_guardian_has_declared"):
        Enrolment.objects.filter(pk=enrolment.pk).update(relation="parent")


# The desk


def test_staff_enrol_a_family_on_paper(client: Client, for_children: Edition, superuser: User):
    client.force_login(superuser)
    desk = f"/admin/enrolment_request/desk/{for_children.pk}/"
    people = {"name": "Mateo", "birth_date": born(8)}, {"name": "Lucia", "birth_date": born(5)}
    form = sent(*people, channel="paper", **ROSA)

    opened = client.get(desk)
    more = client.post(desk, {**form, "add": "1"})
    wrong = client.post(desk, form)
    right = client.post(desk, {**form, "people-1-birth_date": born(9)}, follow=True)

    assert (named(opened), named(more), named(wrong)) == ([""], ["Mateo", "Lucia", ""], ["Mateo", "Lucia"])
    assert (more.status_code, wrong.status_code, right.status_code) == (200, 422, 200)
    assert '<a href="#id_people-1-birth_date">' in text(wrong)
    enrolment = Enrolment.objects.get()
    assert (enrolment.channel, enrolment.relation) == ("paper", "parent")
    assert "<bdi>Rosa</bdi>" in text(right)
    assert enrolment.get_relation_display() in text(right)
