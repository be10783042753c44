"""What an edition asks besides names and contact: with its purpose, in the reader's language, for a time."""

import re
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation_site.core import robots
from foundation_site.core.errors import RuleViolation
from foundation_site.users.models import User
from projects.enrolment.domain.forget import forget
from projects.enrolment.models import Answer, Edition, EditionQuestion, Enrolment, Question, QuestionText

SOON = timezone.localdate() + timedelta(days=30)
URL = "/en/enrol/arabo-sera/"
FORM_QUERIES = 8


def new_question(label: str = "Sai leggere?", kind: str = "yes_no", **facts: Any) -> Question:
    return Question.objects.create(
        **{"label": label, "kind": kind, "purpose": "per preparare l'aula", "retention_days": 30, **facts}
    )


def on_form(edition: Edition, question: Question, *, required: bool = False) -> str:
    """Puts the question on the form and returns the name of its field."""
    EditionQuestion.objects.create(edition=edition, question=question, required=required)
    return f"question_{question.pk}"


@pytest.fixture
def edition(home: Any, make_edition: Callable[..., Edition]) -> Edition:
    return make_edition(dates=(SOON,), places=4, party_max=1)


def typed(**fields: Any) -> dict[str, Any]:
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    known = {"name": "Giulia", "email": "giulia@example.org", "language": "it", "request_key": str(uuid.uuid4())}
    return {**known, "stamp": stamp, **fields}


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


# Questions


@pytest.mark.parametrize("missing", ["purpose", "retention_days"])
def test_a_question_without_purpose_or_time_is_not_saved(db: None, missing: str):
    facts = {"label": "Età?", "kind": "number", "purpose": "per i gruppi", "retention_days": 30}
    question = Question(**{**facts, missing: "" if missing == "purpose" else None})

    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        question.save()

    assert list(refused.value.message_dict) == [missing]


def test_answers_are_kept_no_longer_than_requests(db: None):
    with pytest.raises(IntegrityError, match="answers_go_before_requests"):
        new_question(retention_days=366)


def test_a_choice_has_answers_to_choose_from(db: None):
    with pytest.raises(ValidationError) as refused:
        Question(label="Quale?", kind="choice", choices="Uno\n \n", purpose="x", retention_days=1).full_clean()

    with override("en"):
        assert refused.value.message_dict == {"choices": ["Write at least two answers, one on each line."]}


def test_the_kind_stays_once_somebody_has_answered(make_edition: Any, ask: Any):
    edition, question = make_edition(), new_question()
    on_form(edition, question)
    question.kind = "text"
    question.full_clean()
    ask(edition, "Giulia", answers={question.pk: "yes"})

    with override("en"), pytest.raises(ValidationError) as refused:
        question.full_clean()

    with override("en"):
        assert refused.value.message_dict == {"kind": ["People have answered this question: its kind stays."]}


def test_a_question_is_said_in_the_reader_s_language_or_in_italian(db: None):
    question = new_question("Quale turno?", "choice", choices="Mattina\nSera\nNotte", help="Scegli.")
    QuestionText.objects.create(
        question=question, language="en", label="Which shift?", choices="Morning\nEvening", purpose="to plan"
    )

    assert [question.said(name, "en") for name in ("label", "help", "purpose")] == [
        "Which shift?",
        "Scegli.",
        "to plan",
    ]
    assert question.said("label", "fr") == "Quale turno?"
    assert question.choices_in("en") == [("Mattina", "Morning"), ("Sera", "Evening"), ("Notte", "Notte")]


# On the form


def test_the_form_asks_with_purpose_and_time(client: Client, edition: Edition):
    question = new_question(help="Anche poco.")
    QuestionText.objects.create(question=question, language="en", label="Can you read?", purpose="to prepare the room.")
    on_form(edition, question)

    page = text(client.get(URL))

    assert "Can you read?" in page
    assert (
        "Anche poco. What we need it for: to prepare the room. We delete the answer 30 days after the last meeting."
        in page
    )
    assert f'<fieldset class="field choices" id="id_question_{question.pk}" aria-describedby=' in page


KINDS: list[tuple[str, dict[str, Any], str, str, str]] = [
    ("text", {}, " Vegano ", "Vegano", "Vegano"),
    ("choice", {"choices": "Mattina\nSera"}, "Sera", "Sera", "Sera"),
    ("yes_no", {}, "no", "no", "no"),
    ("number", {}, "1.50", "1.50", "1.50"),
    ("date", {}, "2020-03-02", "2020-03-02", "2 March 2020"),
]


@pytest.mark.parametrize(("kind", "facts", "given", "kept", "shown"), KINDS, ids=[kind[0] for kind in KINDS])
def test_each_kind_of_answer_is_kept_and_read(
    client: Client, edition: Edition, kind: str, facts: dict[str, Any], given: str, kept: str, shown: str
):
    name = on_form(edition, new_question(kind=kind, **facts))

    client.post(URL, typed(**{name: given}))

    answer = Answer.objects.get()
    assert answer.value == kept
    with override("en"):
        assert answer.shown == shown


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("text", "a" * 501),
        ("text", "a\x00"),
        ("choice", "Notte"),
        ("yes_no", "x"),
        ("number", "x"),
        ("number", "1e99"),
        ("date", "x"),
    ],
)
def test_a_wrong_answer_stands_at_its_question_and_loses_nothing(
    client: Client, edition: Edition, kind: str, given: str
):
    name = on_form(edition, new_question(kind=kind, choices="Mattina\nSera"))

    page = client.post(URL, typed(**{name: given}))

    assert page.status_code == 422
    assert f'<a href="#id_{name}' in text(page)
    assert 'value="Giulia"' in text(page)
    assert Enrolment.objects.count() == 0


def test_a_needed_answer_is_asked_for_and_another_may_be_left_out(client: Client, edition: Edition):
    needed = on_form(edition, new_question("Serve?"), required=True)
    left_out = on_form(edition, new_question("Vuoi?", "number"))

    refused = client.post(URL, typed())
    taken = client.post(URL, typed(**{needed: "yes", left_out: ""}))

    assert re.findall(r'<a href="#(id_question_\d+)_0">', text(refused)) == [f"id_{needed}"]
    assert taken.status_code == 302
    assert [answer.value for answer in Answer.objects.all()] == ["yes"]


def test_the_verb_wants_what_is_needed_and_keeps_only_what_is_asked(make_edition: Any, ask: Any):
    edition, needed, elsewhere = make_edition(), new_question("Serve?"), new_question("Altrove?")
    on_form(edition, needed, required=True)

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Giulia")
    enrolment = ask(edition, "Giulia", answers={needed.pk: "yes", elsewhere.pk: "no"})

    assert refused.value.code == "answer"
    assert [(answer.question, answer.value) for answer in enrolment.answers.all()] == [(needed, "yes")]


@pytest.mark.parametrize("number", [1, 10])
def test_ten_people_and_ten_questions_ask_the_database_no_more(
    client: Client, home: Any, make_edition: Any, number: int, django_assert_num_queries: Any
):
    edition = make_edition(dates=(SOON,), party_max=10)
    for index in range(number):
        question = new_question(f"Domanda {index}?", "choice", choices="Uno\nDue")
        QuestionText.objects.create(question=question, language="en", label=f"Question {index}?", purpose="to know")
        on_form(edition, question, required=True)
    form = {"people-TOTAL_FORMS": number, "people-INITIAL_FORMS": 0, **typed()}
    form |= {f"people-{index}-name": f"Persona {'abcdefghij'[index]}" for index in range(number)}
    client.post(URL, form)

    with django_assert_num_queries(FORM_QUERIES):
        page = client.post(URL, form)

    assert text(page).count('<a href="#id_question_') == number


def test_a_new_block_keeps_the_answers(client: Client, home: Any, make_edition: Any):
    edition = make_edition(dates=(SOON,))
    words, yes = on_form(edition, new_question("Cosa?", "text")), on_form(edition, new_question())
    form = {"people-TOTAL_FORMS": 1, "people-INITIAL_FORMS": 0, "people-0-name": "Giulia", words: "Vegano", yes: "no"}

    page = text(client.post(URL, typed(**form, add="1")))

    assert 'value="Vegano"' in page
    assert re.search(rf'<input type="radio" name="{yes}" value="no"[^>]*checked', page)


# At the desk


@pytest.fixture
def staff(home: Any, client: Client, superuser: User) -> Client:
    client.force_login(superuser)
    return client


def test_answers_stand_on_the_page_of_the_request_only(staff: Client, edition: Edition, ask: Any):
    question = new_question("Cosa mangi?", "text")
    on_form(edition, question)
    enrolment = ask(edition, "Giulia", answers={question.pk: "Zanzibarinda"}, now=timezone.now())

    page = staff.get(f"/admin/enrolment_request/inspect/{enrolment.pk}/")

    assert "<dt>Cosa mangi?</dt> <dd><bdi>Zanzibarinda</bdi></dd>" in text(page)
    assert "Zanzibarinda" not in text(staff.get("/admin/enrolment_request/"))
    assert "Zanzibarinda" not in staff.get("/admin/enrolment_request/?export=csv").getvalue().decode()
    assert "Zanzibarinda" not in text(staff.get(f"/en/enrol/request/{enrolment.token}/"))


def test_staff_write_a_question_and_put_it_on_a_form(staff: Client, edition: Edition):
    words = {"language": "ar", "label": "هل تقرأ؟", "purpose": "لنستعد", "choices": "", "help": ""}
    form = {"label": "Sai leggere?", "kind": "yes_no", "purpose": "per l'aula", "retention_days": 30}

    refused = staff.post(
        "/admin/enrolment_question/new/", nested_form_data({**form, "purpose": " ", "texts": inline_formset([])})
    )
    staff.post("/admin/enrolment_question/new/", nested_form_data({**form, "texts": inline_formset([words])}))

    assert refused.status_code == 200
    question = Question.objects.get()
    assert question.said("label", "ar") == "هل تقرأ؟"
    assert staff.get("/admin/enrolment_question/").status_code == 200
    staff.post(f"/admin/enrolment_edition/edit/{edition.pk}/", edition_form(edition, [{"question": question.pk}]))
    assert [asked.question for asked in edition.questions.all()] == [question]


def edition_form(edition: Edition, questions: list[dict[str, Any]]) -> dict[str, Any]:
    meeting = edition.meetings.get()
    hours = {"id": meeting.pk, "date": meeting.date.isoformat(), "starts_at": "18:30", "ends_at": "20:00"}
    return nested_form_data(
        {
            "kind": "course", "label": edition.label, "slug": edition.slug, "status": "published", "enrolment": "arrival", "places": 4,
            "party_max": 1, "offer_days": 3, "reminder_days": 3, "attendance_needed": 70, "fee": "free", "time_zone": "Europe/Rome", "names": inline_formset([]),
            "meetings": inline_formset([hours], initial=1), "priorities": inline_formset([]), "criteria": inline_formset([]), "questions": inline_formset(questions),
        }
    )  # fmt: skip


@pytest.mark.parametrize(("required", "status"), [("on", 200), ("", 302)], ids=["needed", "optional"])
def test_once_somebody_has_asked_no_answer_becomes_needed(
    staff: Client, edition: Edition, ask: Any, required: str, status: int
):
    url = f"/admin/enrolment_edition/edit/{edition.pk}/"
    staff.post(url, edition_form(edition, []))
    ask(edition, "Giulia", now=timezone.now())

    answer = staff.post(url, edition_form(edition, [{"question": new_question().pk, "required": required}]))

    assert answer.status_code == status
    assert edition.questions.count() == (1 if status == 302 else 0)


def test_a_question_that_is_asked_is_not_deleted(staff: Client, edition: Edition):
    question = new_question()
    on_form(edition, question)

    staff.post(f"/admin/enrolment_question/delete/{question.pk}/")

    assert Question.objects.filter(pk=question.pk).exists()


# Forgetting


def test_each_answer_goes_at_its_own_time_and_all_with_the_request(make_edition: Any, ask: Any):
    edition = make_edition()
    soon, late = new_question("Presto?", retention_days=10), new_question("Tardi?", retention_days=365)
    for question in (soon, late):
        on_form(edition, question)
    ask(edition, "Giulia", answers={soon.pk: "yes", late.pk: "yes"})
    ended = max(meeting.end for meeting in edition.meetings.all())

    def left(after: timedelta) -> list[Question]:
        forget(now=ended + after)
        return [answer.question for answer in Answer.objects.all()]

    assert left(timedelta(days=10, seconds=-1)) == [soon, late]
    assert left(timedelta(days=10)) == [late]
    assert left(timedelta(days=365)) == []
    assert Enrolment.objects.count() == 0


def test_answers_stay_before_the_end_and_without_meetings(make_edition: Any, ask: Any, now: Any):
    for slug, dates in (("a", {}), ("b", {"dates": ()})):
        edition, question = make_edition(slug, **dates), new_question(slug, retention_days=0)
        on_form(edition, question)
        ask(edition, "Giulia", answers={question.pk: "yes"})

    forget(now=now)

    assert Answer.objects.count() == 2


# All children in one place


def test_a_mother_sees_all_her_requests_in_one_place(client: Client, edition: Edition, make_edition: Any, ask: Any):
    now = timezone.now()
    rosa = {"email": "rosa@example.org", "now": now}
    mine = ask(edition, "Mateo", **rosa)
    other = ask(make_edition("altra", dates=(SOON,), label="Bambini"), "Lucia", **rosa)
    stranger = ask(edition, "Giulia", now=now)

    page = text(client.get(f"/en/enrol/request/{mine.letter_token}/"))

    assert "Your other requests" in page
    links = re.findall(r'href="/en/enrol/request/(\d+)\.[^/"]+/"', page)
    assert {*links} - {str(mine.pk)} == {str(other.pk)}
    assert "<bdi>Lucia</bdi>" in page
    assert "Your other requests" not in text(client.get(f"/en/enrol/request/{stranger.letter_token}/"))


def test_a_stranger_who_writes_her_address_reads_nothing_of_hers(
    client: Client, edition: Edition, make_edition: Any, ask: Any
):
    """The browser that sent the form keeps its link, also when she presses the button in the letter that she gets."""
    now = timezone.now()
    ask(make_edition("altra", dates=(SOON,)), "Lucia", email="rosa@example.org", now=now)
    made_up = ask(edition, "Mateo", email="rosa@example.org", now=now)

    assert "Your other requests" not in text(client.get(f"/en/enrol/request/{made_up.token}/"))


@pytest.mark.parametrize("channel", ["phone", "desk"])
def test_an_address_that_staff_wrote_down_shows_nothing_of_others(
    client: Client, edition: Edition, make_edition: Any, ask: Any, channel: str
):
    """Whoever phones can say any address."""
    ask(edition, "Giulia", email="giulia@example.org", now=timezone.now())
    caller = ask(
        make_edition("altra", dates=(SOON,)), "Eva", email="giulia@example.org", channel=channel, now=timezone.now()
    )

    for token in (caller.token, caller.confirmation):
        assert "Your other requests" not in text(client.get(f"/en/enrol/request/{token}/"))


def test_who_has_no_email_shares_nothing(client: Client, edition: Edition, ask: Any):
    one, _other = (
        ask(edition, name, email="", phone=f"+3933300001{n}0", now=timezone.now()) for n, name in enumerate("AB", 1)
    )

    assert "Your other requests" not in text(client.get(f"/en/enrol/request/{one.token}/"))


@pytest.mark.parametrize(("field", "value"), [("purpose", "for something else"), ("retention_days", 300)])
def test_what_was_promised_with_a_question_holds_for_its_answers(
    make_edition: Any, ask: Any, field: str, value: str | int
):
    edition, question = make_edition(), new_question(retention_days=30)
    on_form(edition, question)
    setattr(question, field, value)
    question.full_clean()
    question.refresh_from_db()
    ask(edition, "Giulia", answers={question.pk: "yes"})

    setattr(question, field, value)
    with pytest.raises(ValidationError) as refused:
        question.full_clean()

    assert list(refused.value.message_dict) == [field]
