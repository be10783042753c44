"""A request from the web is provisional until its contact is confirmed, within a day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.accept import accept
from projects.enrolment.domain.confirm import confirm
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.send_link import send_link
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.enums import State

DAY = timedelta(hours=24)


def templates() -> list[str]:
    return [letter.template.rsplit("/")[-1] for letter in Letter.objects.order_by("created_at")]


def test_confirming_twice_is_calm(make_edition, ask, now, superuser):
    giulia = ask(make_edition(), "Giulia", confirmed=False)

    first = confirm(giulia, now=now + timedelta(hours=1), by=superuser)
    second = confirm(giulia, now=now + timedelta(hours=2))

    assert first.confirmed_at == second.confirmed_at == now + timedelta(hours=1)
    assert templates() == ["confirm", "enrolled"]
    assert ModelLogEntry.objects.get(action="enrolment.confirmed").user == superuser


@pytest.mark.parametrize(("late", "state"), [(-1, State.ENROLLED), (0, State.LAPSED), (1, State.LAPSED)])
def test_it_ends_after_a_day_also_without_a_worker(make_edition, ask, now, late, state):
    edition = make_edition(places=1)
    giulia, samira = ask(edition, "Giulia", confirmed=False), ask(edition, "Samira")
    moment = now + DAY + timedelta(seconds=late)

    if state == State.LAPSED:
        with pytest.raises(RuleViolation) as refused:
            confirm(giulia, now=moment)
        assert refused.value.code == "lapsed"
    else:
        confirm(giulia, now=moment)

    giulia.refresh_from_db()
    samira.refresh_from_db()
    assert (giulia.state, samira.state) == (state, State.OFFERED if state == State.LAPSED else State.WAITING)


def test_its_place_goes_to_the_next_exactly_once(make_edition, ask, now):
    edition = make_edition(places=1)
    ask(edition, "Giulia", confirmed=False)
    samira, irina = ask(edition, "Samira"), ask(edition, "Irina")

    assert [expire(now=now + DAY), expire(now=now + DAY)] == [1, 0]

    samira.refresh_from_db()
    irina.refresh_from_db()
    assert (samira.state, irina.state) == (State.OFFERED, State.WAITING)


def test_the_order_is_that_of_asking_not_of_confirming(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia = ask(edition, "Giulia")
    samira, irina = ask(edition, "Samira", confirmed=False), ask(edition, "Irina")

    withdraw(giulia, now=now)

    samira.refresh_from_db()
    irina.refresh_from_db()
    assert (samira.state, irina.state) == (State.OFFERED, State.WAITING)


def test_who_takes_an_offered_place_has_confirmed(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia = ask(edition, "Giulia")
    samira = ask(edition, "Samira", confirmed=False)
    withdraw(giulia, now=now)

    taken = accept(samira, now=now + DAY + timedelta(hours=1))

    assert (taken.state, taken.provisional) == (State.ENROLLED, False)
    assert expire(now=now + 3 * DAY) == 0


def test_who_gave_only_a_phone_is_called_and_does_not_lapse(make_edition, ask, now):
    giulia = ask(make_edition(), "Giulia", confirmed=False, email="", phone="+393330000101")

    assert expire(now=now + 9 * DAY) == 0
    assert giulia.provisional


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 10, 20), 24), (date(2026, 10, 1), 9.5), (date(2026, 9, 30), 1)],
    ids=["long before", "the same evening", "when it has begun"],
)  # fmt: skip
def test_time_to_confirm_ends_before_the_first_meeting(make_edition, ask, now, day, hours):
    edition = make_edition(dates=(day, date(2026, 11, 3)))

    giulia = ask(edition, "Giulia", confirmed=False)

    assert giulia.confirm_by == now + timedelta(hours=hours)


def test_the_letter_to_confirm_is_sent_again_on_request(make_edition, ask):
    giulia = ask(make_edition(), "Giulia", confirmed=False)

    send_link(giulia)

    assert templates() == ["confirm", "confirm"]


# The page behind the link


@pytest.fixture
def provisional(home, make_edition, ask):
    soon = timezone.localdate() + timedelta(days=30)
    return ask(make_edition(dates=(soon,)), "Giulia", confirmed=False, now=timezone.now())


@pytest.mark.parametrize("language", ["it", "en", "fr", "es", "ar"])
def test_opening_the_link_changes_nothing_pressing_the_button_does(client: Client, provisional, language):
    address = f"/{language}/enrol/confirm/{provisional.confirmation}/"

    opened = client.get(address)
    provisional.refresh_from_db()
    assert (opened.status_code, provisional.provisional) == (200, True)
    pressed = client.post(address)
    provisional.refresh_from_db()

    assert pressed.headers["Location"] == f"/{language}/enrol/request/{provisional.letter_token}/"
    assert not provisional.provisional


def test_pressing_again_and_opening_again_lead_to_the_request(client: Client, provisional):
    address = f"/en/enrol/confirm/{provisional.confirmation}/"
    client.post(address)

    answers = [client.post(address), client.get(address)]

    assert [answer.headers["Location"] for answer in answers] == [f"/en/enrol/request/{provisional.letter_token}/"] * 2
    assert templates() == ["confirm", "enrolled"]


def test_the_link_to_the_request_does_not_confirm(client: Client, provisional):
    assert client.post(f"/en/enrol/confirm/{provisional.token}/").status_code == 404

    provisional.refresh_from_db()
    assert provisional.provisional


def test_too_late_says_what_to_do(client: Client, provisional):
    type(provisional).objects.filter(pk=provisional.pk).update(confirm_by=timezone.now())

    answer = client.post(f"/en/enrol/confirm/{provisional.confirmation}/")

    assert answer.status_code == 409
    assert "This request was not confirmed in time" in answer.content.decode()
    assert "/en/enrol/arabo-sera/" in answer.content.decode()
