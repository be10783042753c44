"""What a selection shows: to everybody, to who asked, to assessors and to the desk; and what it does not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation_site.users.models import User
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.assess import Mark, assess
from projects.enrolment.domain.decide import decide
from projects.enrolment.models import Assessment, Course, Criterion, CriterionName, Decision, Edition, Enrolment
from projects.enrolment.queries import editions_for_course

DESK = "/admin/enrolment_selection/"
PUBLIC = "enrol/arabo-sera/selection/"
PARTIES_QUERIES, REQUEST_QUERIES = 17, 22


@pytest.fixture
def edition(home, make_edition) -> Edition:
    """One place by selection; enrolment is open now."""
    soon = timezone.now() + timedelta(days=2)
    made = make_edition(enrolment="selection", places=1, closes_at=soon, decides_at=soon, dates=(soon.date(),))
    announced(made)
    return made


def announced(edition: Edition) -> None:
    criterion = Criterion.objects.create(edition=edition, label="Motivazione", weight=3, sort_order=0)
    CriterionName.objects.create(criterion=criterion, language="en", text="Motivation")
    Criterion.objects.create(edition=edition, label="Bisogno", weight=1, highest=10, sort_order=1)
    announce(edition, now=timezone.now())


@pytest.fixture
def closed(edition, ask) -> Callable[..., list[Enrolment]]:
    """These people have asked, enrolment has closed, and it is the day of the decision."""

    def make(*names: str) -> list[Enrolment]:
        asked = [ask(edition, name, language="en", now=timezone.now()) for name in names]
        past = timezone.now() - timedelta(minutes=1)
        Edition.objects.filter(pk=edition.pk).update(closes_at=past, decides_at=past)
        return asked

    return make


@pytest.fixture
def account(db) -> Callable[..., User]:
    def make(name: str, *codenames: str) -> User:
        user = User.objects.create_user(f"{name}@example.org", "a-long-password-for-tests")
        user.user_permissions.add(*Permission.objects.filter(codename__in=["access_admin", *codenames]))
        return user

    return make


@pytest.fixture
def assessors(account) -> list[User]:
    return [account(name, "assess_enrolment") for name in ("ada", "bea")]


def give(request: Enrolment, assessor: User, *points: int, reason: str = "Lo dice bene.") -> None:
    criteria = request.edition.criteria.all()
    marks = {one.pk: Mark(given, reason) for one, given in zip(criteria, points, strict=True)}
    assess(request, marks=marks, now=timezone.now(), by=assessor)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


# For everybody


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_page_shows_criteria_before_and_the_ranking_by_codes_after(client, edition, closed, assessors, language):
    before = client.get(f"/{language}/{PUBLIC}").content.decode()
    giulia, samira = closed("Giulia", "Samira")
    for assessor in assessors:
        give(giulia, assessor, 4, 7)
        give(samira, assessor, 1, 1)
    undecided = client.get(f"/{language}/{PUBLIC}").content.decode()
    decision = decide(edition, now=timezone.now())
    after = client.get(f"/{language}/{PUBLIC}").content.decode()

    name = {"it": "<bdi>Motivazione</bdi>", "en": "<bdi>Motivation</bdi>"}
    other = '<bdi lang="it" dir="ltr">Motivazione</bdi>'
    assert name.get(language, other) in before
    assert edition.draw.commitment in before
    assert giulia.draw_code not in before + undecided
    assert decision.secret not in before + undecided
    shown = (giulia.draw_code, samira.draw_code, decision.secret, "4.00", "77.50")
    assert [each for each in shown if each not in after.replace(",", ".")] == []
    assert not any(
        hidden in before + undecided + after for hidden in ("Giulia", "Lo dice bene", giulia.receipt_code, "ada@")
    )


def test_scores_are_there_after_the_decision_as_they_counted(client, edition, closed, assessors):
    (giulia,) = closed("Giulia")
    for assessor, points in zip(assessors, (4, 2), strict=True):
        give(giulia, assessor, points, 7)

    before = client.get(f"/en/{PUBLIC}scores.txt").status_code
    decide(edition, now=timezone.now())

    assert before == 404
    assert client.get(f"/en/{PUBLIC}scores.txt").content.decode() == f"{giulia.draw_code} 1 0 2,7 4,7\n"


@pytest.mark.parametrize("name", ["", "scores.txt"])
def test_where_nothing_is_selected_there_is_no_page(client, home, make_edition, name):
    make_edition()

    assert client.get(f"/it/{PUBLIC}{name}").status_code == 404


def test_a_selection_has_no_page_of_a_draw(client, edition):
    assert client.get("/it/enrol/arabo-sera/draw/").status_code == 404


def test_form_says_how_places_are_given_and_never_that_they_are_taken(client, edition, ask):
    for name in ("Giulia", "Samira"):
        ask(edition, name, now=timezone.now())

    page = client.get("/en/enrol/arabo-sera/").content.decode()

    assert "Places are given by selection: 1 in all." in page
    assert "Motivation (weight 3)" in page
    assert "All places are taken" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_criteria_of_all_editions_of_a_course_cost_one_query(
    make_edition, course: Course, number, django_assert_num_queries
):
    soon = timezone.now() + timedelta(days=2)
    for index in range(number):
        facts = {"enrolment": "selection", "closes_at": soon, "decides_at": soon, "course": course}
        announced(make_edition(f"e{index}", **facts))

    with django_assert_num_queries(4):
        cards = editions_for_course(course, now=timezone.now())
        shown = [[criterion.weight for criterion in card.criteria] for card in cards]

    assert shown == [[3, 1]] * number


# For who asked


def test_own_request_tells_when_and_then_why(client, edition, closed, assessors):
    giulia, samira = closed("Giulia", "Samira")
    before = client.get(f"/en/enrol/request/{samira.token}/").content.decode()
    for assessor in assessors:
        give(giulia, assessor, 4, 7)
        give(samira, assessor, 1, 1)
    decide(edition, now=timezone.now())

    after = client.get(f"/en/enrol/request/{samira.token}/").content.decode()

    assert "Your request is complete. Who gets a place is decided on" in before
    assert "Why" not in before
    assert "You are on the waiting list. Your number: 1" in after
    assert "Motivation: 1.00 of 5 (weight 3)" in after
    assert "In all 17.50 points of 100: number 2 in the ranking." in after
    assert "The last who got a place has 77.50 points." in after
    assert "Lo dice bene" not in after


# At the desk


@pytest.mark.parametrize(
    ("codenames", "allowed"),
    [
        ([], set()),
        (["view_enrolment", "add_enrolment", "view_edition"], set()),
        (["assess_enrolment"], {"index", "parties", "assess", "hand in", "aside"}),
        (["change_enrolment"], {"index", "parties", "assess", "decide"}),
    ],
    ids=["any account", "who reads requests", "assessor", "desk"],
)
def test_who_may_what(edition, closed, account, codenames, allowed):
    (giulia,) = closed("Giulia")
    client = signed_in(account("somebody", *codenames))
    addresses = {
        "index": ("get", ""),
        "parties": ("get", f"{edition.pk}/"),
        "assess": ("get", f"assess/{giulia.pk}/"),
        "hand in": ("post", f"assess/{giulia.pk}/"),
        "aside": ("post", f"assess/{giulia.pk}/aside/"),
        "decide": ("post", f"{edition.pk}/decide/"),
    }

    answers = {name: getattr(client, method)(f"{DESK}{path}") for name, (method, path) in addresses.items()}

    refused = {name for name, answer in answers.items() if answer.status_code == 302 and answer.url == "/admin/"}
    assert set(answers) - refused == allowed
    assert not any(b"Giulia" in answers[name].content for name in refused)


def test_who_is_not_signed_in_is_asked_to(client, edition, closed):
    (giulia,) = closed("Giulia")

    for path in ("", f"{edition.pk}/", f"assess/{giulia.pk}/"):
        assert "login" in client.get(f"{DESK}{path}").url


def test_an_assessor_sees_what_is_needed_and_nothing_else(edition, closed, assessors):
    (giulia,) = closed("Giulia")
    client = signed_in(assessors[0])

    page = client.get(f"{DESK}assess/{giulia.pk}/").content.decode()

    assert "Giulia" in page
    assert giulia.email not in page
    assert client.get(f"/admin/enrolment_request/inspect/{giulia.pk}/").url == "/admin/"
    assert ModelLogEntry.objects.get(action="enrolment.viewed").object_id == str(giulia.pk)


def test_scores_are_handed_in_by_the_form_and_corrected(edition, closed, assessors):
    (giulia,) = closed("Giulia")
    first, second = edition.criteria.all()
    form = {f"points_{first.pk}": 4, f"reason_{first.pk}": "Chiara.", f"points_{second.pk}": 7}
    client = signed_in(assessors[0])

    incomplete = client.post(f"{DESK}assess/{giulia.pk}/", form)
    kept = Assessment.objects.count()
    whole = {**form, f"reason_{second.pk}": "Ne ha bisogno."}
    client.post(f"{DESK}assess/{giulia.pk}/", {**whole, f"points_{second.pk}": 11})
    too_high = Assessment.objects.count()
    client.post(f"{DESK}assess/{giulia.pk}/", whole)

    assert (incomplete.status_code, kept, too_high) == (422, 0, 0)
    assert "Chiara." in incomplete.content.decode()
    assert list(Assessment.objects.get().scores.values_list("points", "reason")) == [
        (4, "Chiara."),
        (7, "Ne ha bisogno."),
    ]
    assert 'value="Ne ha bisogno."' in client.get(f"{DESK}assess/{giulia.pk}/").content.decode()


def test_others_scores_are_hidden_until_the_decision_and_open_after(edition, closed, assessors, account):
    (giulia,) = closed("Giulia")
    give(giulia, assessors[0], 4, 7, reason="Parla già un poco.")
    give(giulia, assessors[1], 4, 7, reason="Ha tempo.")
    readers = [signed_in(assessors[1]), signed_in(account("desk", "change_enrolment"))]

    before = [reader.get(f"{DESK}assess/{giulia.pk}/").content.decode() for reader in readers]
    decide(edition, now=timezone.now())
    after = [reader.get(f"{DESK}assess/{giulia.pk}/").content.decode() for reader in readers]

    assert ["Parla già un poco." in page for page in before] == [False, False]
    assert ["Ha tempo." in page for page in before] == [True, False]
    assert ["Parla già un poco." in page for page in after] == [True, True]
    assert "<form" not in after[0].partition('id="main"')[2]


def test_who_steps_aside_sees_no_form_any_more(edition, closed, assessors):
    (giulia,) = closed("Giulia")
    client = signed_in(assessors[0])

    client.post(f"{DESK}assess/{giulia.pk}/aside/")
    page = client.get(f"{DESK}assess/{giulia.pk}/").content.decode()

    assert Assessment.objects.get().conflict
    assert f"reason_{edition.criteria.first().pk}" not in page


def test_the_desk_is_told_what_is_missing_and_decides(edition, closed, assessors, account):
    giulia, samira = closed("Giulia", "Samira")
    desk = signed_in(account("desk", "change_enrolment"))
    for assessor in assessors:
        give(giulia, assessor, 4, 7)

    desk.post(f"{DESK}{edition.pk}/decide/")
    missing = Decision.objects.count()
    page = desk.get(f"{DESK}{edition.pk}/")
    for assessor in assessors:
        give(samira, assessor, 1, 1)
    desk.post(f"{DESK}{edition.pk}/decide/")

    assert missing == 0
    assert (page.context["edition"].parties, page.context["edition"].lacking) == (2, 1)
    assert Decision.objects.get().decided_by.email == "desk@example.org"
    assert [one.state for one in Enrolment.objects.order_by("rank")] == ["enrolled", "waiting"]
    assert f"{DESK}{edition.pk}/decide/" not in desk.get(f"{DESK}{edition.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_asks_the_same_number_of_questions(edition, closed, assessors, number, django_assert_num_queries):
    for request in closed(*("Giulia", "Samira", "Irina")[:number]):
        give(request, assessors[0], 4, 7)
    client = signed_in(assessors[0])
    client.get(DESK)

    with django_assert_num_queries(PARTIES_QUERIES):
        client.get(f"{DESK}{edition.pk}/")
    with django_assert_num_queries(REQUEST_QUERIES):
        client.get(f"{DESK}assess/{Enrolment.objects.first().pk}/")


def test_the_menu_leads_assessors_to_selections_alone(edition, assessors, account):
    menu = signed_in(assessors[0]).get("/admin/").content.decode()

    assert DESK in menu
    assert "/admin/enrolment_request/" not in menu
    assert DESK not in signed_in(account("somebody")).get("/admin/").content.decode()
