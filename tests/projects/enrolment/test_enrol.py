import uuid
from datetime import date, timedelta

import pytest

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.enrol import Contact, Person, enrol
from projects.enrolment.enums import State
from projects.enrolment.models import Enrolment, Participant
from projects.enrolment.queries import position


def test_enrol_takes_a_place_and_asks_to_confirm(make_edition, ask):
    edition = make_edition()

    enrolment = ask(edition, "Giulia", confirmed=False)

    assert (enrolment.state, enrolment.provisional) == (State.ENROLLED, True)
    assert [(letter.template, letter.recipient) for letter in Letter.objects.all()] == [
        ("enrolment/mail/confirm", "giulia@example.org")
    ]


@pytest.mark.parametrize("channel", ["desk", "phone", "paper"])
def test_enrol_by_staff_is_confirmed_at_once(make_edition, ask, channel):
    enrolment = ask(make_edition(), "Giulia", confirmed=False, channel=channel)

    assert not enrolment.provisional
    assert [letter.template for letter in Letter.objects.all()] == ["enrolment/mail/enrolled"]


def test_enrol_when_full_waits_in_order(make_edition, ask):
    edition = make_edition(places=1)

    requests = [ask(edition, name) for name in ("Giulia", "Samira", "Irina")]

    assert [request.state for request in requests] == ["enrolled", "waiting", "waiting"]
    assert [position(request) for request in requests] == [None, 1, 2]


def test_enrol_waits_while_anybody_waits(make_edition, ask):
    """A pair waits for two places; a single person who comes later is not put before them, but offered what does not fit them."""
    edition = make_edition(places=2)
    ask(edition, "Giulia")
    pair = ask(edition, "Samira", "Nadia")
    assert pair.state == State.WAITING

    single = ask(edition, "Irina")

    assert single.state == State.OFFERED
    pair.refresh_from_db()
    assert pair.state == State.WAITING


def test_enrol_party_gets_both_or_none(make_edition, ask):
    edition = make_edition(places=2)
    ask(edition, "Giulia")

    pair = ask(edition, "Samira", "Nadia")

    assert pair.state == State.WAITING
    assert Participant.objects.filter(enrolment=pair, living=True).count() == 2


def test_enrol_without_limit_never_waits(make_edition, ask):
    edition = make_edition(places=None)

    assert {ask(edition, f"Persona {letter}").state for letter in "abcdefg"} == {"enrolled"}


def test_enrol_same_form_twice_is_one_request(make_edition, ask):
    edition = make_edition()
    key = uuid.uuid4()

    first = ask(edition, "Giulia", request_key=key, confirmed=False)
    second = ask(edition, "Giulia", request_key=key, confirmed=False)

    assert first == second
    assert Letter.objects.count() == 1


def test_enrol_same_form_again_after_closing_gets_the_same_answer(make_edition, ask, now):
    edition = make_edition()
    key = uuid.uuid4()
    first = ask(edition, "Giulia", request_key=key)
    edition.closes_at = now
    edition.save()

    assert ask(edition, "Giulia", request_key=key, now=now + timedelta(hours=1)) == first


def test_enrol_same_form_for_another_person_asks_first(make_edition, ask):
    edition = make_edition()
    key = uuid.uuid4()
    ask(edition, "Giulia", request_key=key)

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Samira", request_key=key)

    assert refused.value.code == "form_used"
    assert Enrolment.objects.count() == 1


@pytest.mark.parametrize(
    "writing", ["Aïcha Koulibally", "AÏCHA  KOULIBALLY", "Ai\u0308cha Koulibally", " aïcha koulibally "]
)
def test_enrol_same_person_in_other_writing_gets_her_request(make_edition, ask, writing):
    edition = make_edition()
    first = ask(edition, "Aïcha Koulibally", email="aicha@example.org")

    assert ask(edition, writing, email="Aicha@Example.org") == first
    assert Enrolment.objects.count() == 1


def test_enrol_two_children_of_one_guardian_are_two_people(make_edition, ask):
    edition = make_edition(age_from=6, age_to=10)

    for child in ("Mateo", "Lucia"):
        ask(edition, "Rosa Tineo", people=[Person(name=child, birth_date=date(2018, 3, 1))], email="rosa@example.org")

    assert Enrolment.objects.filter(state="enrolled").count() == 2


def test_enrol_party_with_somebody_who_is_there_says_who(make_edition, ask):
    edition = make_edition(places=5)
    ask(edition, "Giulia")

    with pytest.raises(RuleViolation, match="Giulia"):
        ask(edition, "Giulia", "Samira")


def test_enrol_after_withdrawing_goes_to_the_end(make_edition, ask, now):
    from projects.enrolment.domain.withdraw import withdraw

    edition = make_edition(places=1)
    ask(edition, "Giulia")
    first = ask(edition, "Samira")
    ask(edition, "Irina")
    withdraw(first, now=now)

    again = ask(edition, "Samira")

    assert again != first
    assert position(again) == 2


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"status": "draft"}, "draft"),
        ({"status": "cancelled"}, "cancelled"),
        ({"enrolment": "none"}, "free_entry"),
        ({"opens_in": 1}, "soon"),
        ({"closes_in": 0}, "closed"),
        ({"dates": (date(2026, 9, 1),)}, "finished"),
    ],
    ids=["draft", "cancelled", "no enrolment needed", "not open yet", "closed", "over"],
)
def test_enrol_is_refused_with_a_sentence(make_edition, ask, now, facts, code):
    if "opens_in" in facts:
        facts = {"opens_at": now + timedelta(days=facts["opens_in"])}
    if "closes_in" in facts:
        facts = {"closes_at": now + timedelta(days=facts["closes_in"])}
    edition = make_edition(**facts)

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Giulia")

    assert refused.value.code == code
    assert Enrolment.objects.count() == 0


def test_enrol_needs_an_address_or_a_phone(make_edition, now):
    with pytest.raises(RuleViolation) as refused:
        enrol(
            make_edition(),
            contact=Contact(name="A", language="it"),
            people=[Person(name="A")],
            request_key=uuid.uuid4(),
            now=now,
        )

    assert refused.value.code == "contact"


def test_enrol_with_only_a_phone_writes_no_letter(make_edition, ask):
    enrolment = ask(make_edition(), "Giulia", email="", phone="+393330000101")

    assert enrolment.to_phone
    assert Letter.objects.count() == 0


@pytest.mark.parametrize(
    ("born", "guardian", "code"),
    [
        (date(2015, 10, 20), "Karim", None),
        (date(2015, 10, 21), "Karim", "age"),  # eleven the day after the first meeting
        (date(2008, 10, 20), "Imane", "age"),  # eighteen that day
        (date(2008, 10, 21), "Karim", None),
        (date(2008, 10, 21), "Imane", "guardian"),
        (None, "Karim", "age"),
    ],
    ids=["eleven that day", "a day too young", "eighteen that day", "seventeen", "no guardian", "no date of birth"],
)
def test_enrol_checks_ages_on_the_first_day(make_edition, ask, born, guardian, code):
    edition = make_edition(age_from=11, age_to=17)
    people = [Person(name="Imane", birth_date=born)]

    if code is None:
        assert ask(edition, guardian, people=people).state == State.ENROLLED
    else:
        with pytest.raises(RuleViolation) as refused:
            ask(edition, guardian, people=people)
        assert refused.value.code == code


def test_enrol_for_adults_takes_their_word(make_edition, ask):
    edition = make_edition(age_from=18)

    with pytest.raises(RuleViolation):
        ask(edition, "Giulia")

    assert ask(edition, "Giulia", people=[Person(name="Giulia", age_band="adult")]).state == State.ENROLLED
