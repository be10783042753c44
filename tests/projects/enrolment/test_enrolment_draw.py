"""Places by draw: promised, frozen, drawn once, and anybody can run it again."""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment import lots
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.draw import draw, freeze_list
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.enums import State
from projects.enrolment.models import Course, Draw, Edition, Enrolment, PriorityRule

CLOSES = datetime(2026, 10, 10, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))
DRAWS = CLOSES + timedelta(days=1)
WORDS = {"enrolled": "place", "waiting": "waiting list", "withdrawn": "withdrawn"}
NAMES = ["Giulia", "Samira", "Irina", "Arben", "Fatou", "Mei"]


@pytest.fixture
def lottery(make_edition, now):
    """An edition of two places by draw, announced before anybody asks."""

    def make(*priorities: str, **facts) -> Edition:
        edition = make_edition(enrolment="draw", closes_at=CLOSES, draws_at=DRAWS, **facts)
        for order, kind in enumerate(priorities):
            PriorityRule.objects.create(edition=edition, kind=kind, sort_order=order)
        announce(edition, now=now)
        return edition

    return make


def states(*requests: Enrolment) -> list[str]:
    for request in requests:
        request.refresh_from_db()
    return [request.state for request in requests]


def listed(edition: Edition) -> list[str]:
    return Draw.objects.get(edition=edition).listed.splitlines()


# Lots

PARTIES = st.lists(
    st.builds(lots.Lot, st.text("ABCDEFGH23456789", min_size=8, max_size=8), st.integers(1, 4), st.integers(0, 2)),
    unique_by=lambda lot: lot.code, max_size=30,
)  # fmt: skip


@given(PARTIES, st.integers(0, 20))
def test_lots_are_given_by_group_and_only_as_far_as_there_is_room(parties, places):
    drawn = lots.draw(lots.written(parties), secret="s", places=places)

    assert [row.rank for row in drawn] == list(range(1, len(parties) + 1))
    assert {row.lot for row in drawn} == set(parties)
    assert [row.lot.group for row in drawn] == sorted(lot.group for lot in parties)
    left = places
    for row in drawn:
        assert row.given == (row.lot.people <= left)
        left -= row.lot.people if row.given else 0
    assert left >= 0


@given(PARTIES)
def test_the_written_list_tells_nothing_of_the_order_of_asking(parties):
    assert lots.written(parties) == lots.written(reversed(parties))
    assert lots.read(lots.written(parties)) == sorted(parties, key=lambda lot: lot.code)


def test_chance_is_fair():
    """Each of ten codes is first about as often as the others: 2,000 secrets, 200 times each; 4 standard deviations allowed."""
    parties = lots.written(lots.Lot(f"CODE000{number}", 1, 0) for number in range(10))

    first = [lots.draw(parties, secret=str(number), places=1)[0].lot.code for number in range(2000)]

    assert all(146 <= first.count(f"CODE000{number}") <= 254 for number in range(10))


# Before


def test_the_fingerprint_is_public_before_anybody_asks_and_stays(lottery, now):
    edition = lottery()
    promised = Draw.objects.get(edition=edition)

    announce(edition, now=now)

    assert Draw.objects.get(edition=edition).commitment == promised.commitment
    assert (promised.secret, promised.listed, promised.committed_at) == ("", "", now)


def test_the_secret_cannot_be_read_before(lottery, now):
    edition = lottery()
    row = str(Draw.objects.filter(edition=edition).values().get())

    draw(edition, now=DRAWS)

    assert Draw.objects.get(edition=edition).secret not in row


def test_everybody_enters_however_many_they_are(lottery, ask):
    edition = lottery(places=1)

    assert [ask(edition, name).state for name in NAMES] == ["entered"] * 6


def test_the_letter_says_code_day_and_fingerprint(lottery, ask):
    edition = lottery()
    giulia = ask(edition, "Giulia", language="en")

    letter = Letter.objects.latest("created_at")

    assert letter.subject == "You are in the draw: Sera"
    assert giulia.draw_code in letter.text
    assert "Sunday 11 October 2026, 12:00" in letter.text
    assert Draw.objects.get(edition=edition).commitment in letter.text


def test_time_to_confirm_ends_when_the_list_closes(lottery, ask):
    giulia = ask(lottery(), "Giulia", confirmed=False, now=CLOSES - timedelta(hours=2))

    assert giulia.confirm_by == CLOSES


# The list


def test_the_list_is_not_closed_before_enrolment_is(lottery):
    edition = lottery()

    with pytest.raises(RuleViolation) as refused:
        freeze_list(edition, now=CLOSES - timedelta(seconds=1))

    assert refused.value.code == "open"
    assert listed(edition) == []


def test_the_list_holds_who_confirmed_and_stayed(lottery, ask, now):
    edition = lottery()
    giulia, gone = ask(edition, "Giulia", "Nadia"), ask(edition, "Samira")
    unconfirmed = ask(edition, "Irina", confirmed=False)
    withdraw(gone, now=now)

    frozen = freeze_list(edition, now=CLOSES)
    again = freeze_list(edition, now=CLOSES + timedelta(hours=1))

    assert listed(edition) == [f"{giulia.draw_code} 2 0"]
    assert frozen.fingerprint == again.fingerprint == lots.sha256(f"{giulia.draw_code} 2 0\n")
    assert again.frozen_at == CLOSES
    assert states(unconfirmed) == ["lapsed"]


@pytest.mark.parametrize(
    "change",
    [{"listed": "X 1 0\n"}, {"fingerprint": "0" * 64}, {"commitment": "0" * 64}, {"sealed_secret": "x"}, {"drawn_at": None}, {"secret": "0" * 64}],
    ids=["list", "fingerprint of the list", "fingerprint of the secret", "sealed secret", "moment", "secret"],
)  # fmt: skip
def test_what_is_written_is_written_once(lottery, ask, change):
    edition = lottery()
    ask(edition, "Giulia")
    drawn = draw(edition, now=DRAWS)
    for name, value in change.items():
        setattr(drawn, name, value)

    with pytest.raises(ValueError, match="written once"):
        drawn.save()
    with pytest.raises(ValueError, match="stays"):
        drawn.delete()


# The draw


def test_it_is_not_drawn_before_its_moment(lottery):
    edition = lottery()

    with pytest.raises(RuleViolation) as refused:
        draw(edition, now=DRAWS - timedelta(seconds=1))

    assert refused.value.code == "early"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"status": "cancelled"}, "cancelled"), ({"enrolment": "arrival"}, "way")],
    ids=["cancelled", "another way"],
)
def test_it_is_not_drawn_where_nothing_is_to_draw(lottery, facts, code):
    edition = lottery()
    Edition.objects.filter(pk=edition.pk).update(**facts)

    with pytest.raises(RuleViolation) as refused:
        draw(edition, now=DRAWS)

    assert refused.value.code == code


def test_places_go_in_the_order_of_the_secret(lottery, ask):
    edition = lottery(places=2)
    requests = {request.draw_code: request for request in (ask(edition, name) for name in NAMES)}

    drawn = draw(edition, now=DRAWS)

    order = drawn.outcome
    assert lots.sha256(drawn.secret) == drawn.commitment
    assert states(*(requests[row.lot.code] for row in order)) == ["enrolled"] * 2 + ["waiting"] * 4
    assert [requests[row.lot.code].rank for row in order] == [1, 2, 3, 4, 5, 6]


def test_drawn_twice_it_is_the_same_draw(lottery, ask, superuser):
    edition = lottery()
    for name in NAMES:
        ask(edition, name)
    first = draw(edition, now=DRAWS, by=superuser)
    letters = Letter.objects.count()

    second = draw(edition, now=DRAWS + timedelta(days=1))

    assert (second.secret, second.drawn_at) == (first.secret, DRAWS)
    assert Letter.objects.count() == letters


def test_everybody_is_told_with_her_number(lottery, ask):
    edition = lottery(places=2)
    for name in NAMES:
        ask(edition, name, language="en")
    Letter.objects.all().delete()

    draw(edition, now=DRAWS)

    subjects = list(Letter.objects.values_list("subject", flat=True))
    assert (subjects.count("You have a place: Sera"), subjects.count("You are on the waiting list: Sera")) == (2, 4)
    waiting = Letter.objects.filter(subject__startswith="You are on").order_by("created_at")
    assert [f"Your number on the list: {number}" in letter.text for number, letter in enumerate(waiting, 1)] == [
        True
    ] * 4


def test_who_withdrew_after_the_list_closed_keeps_her_line_and_gets_nothing(lottery, ask):
    edition = lottery(places=2)
    requests = [ask(edition, name) for name in NAMES[:3]]
    freeze_list(edition, now=CLOSES)
    withdraw(requests[0], now=CLOSES + timedelta(hours=1))

    drawn = draw(edition, now=DRAWS)

    assert len(drawn.listed.splitlines()) == 3
    assert states(*requests) == ["withdrawn", "enrolled", "enrolled"]
    told = Letter.objects.filter(recipient="giulia@example.org").order_by("created_at")
    assert [letter.template.rpartition("/")[2] for letter in told] == ["confirm", "entered", "withdrawn"]


def test_a_party_gets_all_its_places_or_none(lottery, ask):
    edition = lottery(places=3)
    for name in NAMES:
        ask(edition, name, f"{name} due")

    draw(edition, now=DRAWS)

    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["enrolled"] + ["waiting"] * 5


def test_what_becomes_free_goes_to_the_next_of_the_draw(lottery, ask):
    edition = lottery(places=1)
    for name in NAMES:
        ask(edition, name)
    draw(edition, now=DRAWS)
    first, second, third = Enrolment.objects.order_by("rank")[:3]

    withdraw(first, now=DRAWS)

    assert states(first, second, third) == ["withdrawn", "offered", "waiting"]


# Priorities


def test_who_has_priority_comes_first_in_the_order_of_the_rules(lottery, ask):
    edition = lottery("resident", "beginner", places=1)
    plain, beginner, both, resident = (
        ask(edition, name, declared=declared)
        for name, declared in (
            ("Ada", []),
            ("Bea", ["beginner"]),
            ("Cleo", ["beginner", "resident"]),
            ("Dina", ["resident"]),
        )
    )

    draw(edition, now=DRAWS)

    for request in (plain, beginner, both, resident):
        request.refresh_from_db()
    assert (resident.group, both.group, beginner.group, plain.group) == (0, 0, 1, 2)
    assert {resident.rank, both.rank} == {1, 2}
    assert (beginner.rank, plain.rank) == (3, 4)


def test_who_found_no_place_last_time_is_known(lottery, make_edition, ask):
    course = Course.objects.create(slug="arabo", label="Arabo", kind="foreign_language")
    last_time = make_edition("prima", course=course, places=1)
    for name in ("Giulia", "Samira"):
        ask(last_time, name)
    edition = lottery("turned_away", course=course)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))

    freeze_list(edition, now=CLOSES)

    for request in (giulia, samira, irina):
        request.refresh_from_db()
    assert (giulia.group, samira.group, irina.group) == (1, 0, 1)


# Terms


def test_terms_have_versions_until_enrolment_opens(lottery, now):
    edition = lottery("resident", opens_at=now + timedelta(days=1))
    PriorityRule.objects.create(edition=edition, kind="beginner", sort_order=1)

    announce(edition, now=now)
    announce(edition, now=now)

    assert [(terms.number, terms.rules["priorities"]) for terms in edition.terms.all()] == [
        (1, ["resident"]),
        (2, ["resident", "beginner"]),
    ]


@pytest.mark.parametrize("opened", ["by the clock", "by a request"])
def test_terms_stay_from_then_on(lottery, ask, now, opened):
    edition = lottery(opens_at=now if opened == "by the clock" else None)
    if opened == "by a request":
        ask(edition, "Giulia")
    PriorityRule.objects.create(edition=edition, kind="resident")

    with pytest.raises(RuleViolation) as refused:
        announce(edition, now=now)

    assert refused.value.code == "terms"
    assert edition.terms.count() == 1


def test_a_request_knows_the_terms_it_was_made_under(lottery, ask):
    edition = lottery("resident")

    assert ask(edition, "Giulia").terms == edition.terms.get()


# The clock, and anybody's own computer


def test_worker_and_command_draw_when_it_is_due(lottery, ask, capsys):
    edition = lottery()
    ask(edition, "Giulia")
    due = DBTaskResult.objects.filter(task_path="projects.enrolment.tasks.make_due_draws").values_list(
        "run_after", flat=True
    )
    assert set(due) == {CLOSES, DRAWS}
    past = timezone.now() - timedelta(minutes=1)
    Edition.objects.filter(pk=edition.pk).update(closes_at=past, draws_at=past)

    call_command("take_due_steps")
    call_command("take_due_steps")

    assert capsys.readouterr().out.splitlines() == [
        "Ended: 0. Lists closed: 1. Draws: 1. Reminded: 0. Turned away: 0",
        "Ended: 0. Lists closed: 0. Draws: 0. Reminded: 0. Turned away: 0",
    ]
    assert Enrolment.objects.get().state == State.ENROLLED


def test_the_published_script_gives_the_same_outcome(lottery, ask, tmp_path: Path):
    edition = lottery("resident", places=3)
    for number, name in enumerate(NAMES):
        ask(edition, name, *([f"{name} due"] if number % 2 else []), declared=["resident"] if number > 2 else [])
    freeze_list(edition, now=CLOSES)
    gone = Enrolment.objects.get(contact_name="Fatou")
    withdraw(gone, now=CLOSES)
    drawn = draw(edition, now=DRAWS)
    script, list_file = tmp_path / "draw.py", tmp_path / "list.txt"
    script.write_text(render_to_string("enrolment/draw/again.py.txt"))
    list_file.write_text(drawn.listed)

    out = subprocess.run(
        [sys.executable, script, list_file, drawn.secret, "3", gone.draw_code],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert out[0].split()[-1] == drawn.commitment
    assert out[1].split()[-1] == drawn.fingerprint
    told = [
        f"{request.rank} {request.draw_code} {WORDS[request.state]}" for request in Enrolment.objects.order_by("rank")
    ]
    assert out[2:] == told


# On the site


@pytest.fixture
def drawn(home, lottery, ask):
    edition = lottery("resident", places=1)
    for name in NAMES[:3]:
        ask(edition, name)
    freeze_list(edition, now=CLOSES)
    return edition


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_page_of_the_draw_shows_fingerprint_list_and_order_as_they_come(client, home, lottery, ask, language):
    edition = lottery(places=1)
    giulia = ask(edition, "Giulia")
    address = f"/{language}/enrol/arabo-sera/draw/"
    promised = Draw.objects.get(edition=edition)

    before = client.get(address).content.decode()
    freeze_list(edition, now=CLOSES)
    frozen = client.get(address).content.decode()
    drawn = draw(edition, now=DRAWS)
    after = client.get(address).content.decode()

    assert promised.commitment in before
    assert giulia.draw_code not in before
    assert giulia.draw_code in frozen
    assert drawn.secret not in frozen
    assert all(shown in after for shown in (drawn.secret, drawn.fingerprint, giulia.draw_code))
    assert giulia.receipt_code not in before + frozen + after


def test_files_of_the_draw_are_those_of_the_fingerprint(client, drawn):
    listed = client.get("/it/enrol/arabo-sera/draw/list.txt")

    assert lots.sha256(listed.content.decode()) == Draw.objects.get(edition=drawn).fingerprint
    assert b"HMAC" not in client.get("/it/enrol/arabo-sera/draw/draw.py").content.split(b"\n")[0]
    assert client.get("/it/enrol/arabo-sera/draw/draw.py").content.startswith(b"# Runs a draw again")


@pytest.mark.parametrize("name", ["", "list.txt", "draw.py"])
def test_where_nothing_is_drawn_there_is_no_page(client, home, make_edition, name):
    make_edition()

    assert client.get(f"/it/enrol/arabo-sera/draw/{name}").status_code == 404


def test_the_list_is_not_there_before_it_is_closed(client, home, lottery):
    lottery()

    assert client.get("/it/enrol/arabo-sera/draw/list.txt").status_code == 404


def test_form_asks_what_decides_and_says_how_places_are_given(client, home, lottery):
    soon = timezone.now() + timedelta(days=3)
    edition = lottery("resident", "turned_away")
    Edition.objects.filter(pk=edition.pk).update(closes_at=soon, draws_at=soon)
    edition.meetings.update(date=(soon + timedelta(days=30)).date())

    page = client.get("/en/enrol/arabo-sera/").content.decode()

    assert "Places are drawn by lot." in page
    assert "people who live in the municipality, people who found no place last time" in page
    assert page.count('name="declared"') == 1
    assert "I live in the municipality." in page


def test_who_waited_for_the_lock_while_the_list_was_closed_is_told_so(lottery, ask):
    """The request was sent in time, but would be in no draw."""
    edition = lottery()
    in_time = ask(edition, "Giulia")
    freeze_list(edition, now=CLOSES)

    with pytest.raises(RuleViolation) as refused:
        ask(edition, "Samira", now=CLOSES - timedelta(seconds=1))

    assert refused.value.code == "closed"
    assert listed(edition) == [f"{in_time.draw_code} 1 0"]


@pytest.mark.parametrize("missing", ["places", "closes_at", "draws_at"])
def test_a_draw_without_its_facts_is_not_stored(make_edition, missing: str):
    whole = {"enrolment": "draw", "closes_at": CLOSES, "draws_at": CLOSES, "places": 2}

    with pytest.raises(IntegrityError), transaction.atomic():
        make_edition(**{**whole, missing: None})
