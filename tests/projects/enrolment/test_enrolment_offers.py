"""What becomes free: offered to the oldest that fits, with an end, exactly once."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.accept import accept
from projects.enrolment.domain.decline import decline
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.offer import offer_free_places
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.models import Enrolment, Participant

THREE_DAYS = timedelta(days=3)


def states(*requests: Enrolment) -> list[str]:
    for request in requests:
        request.refresh_from_db()
    return [request.state for request in requests]


def test_withdrawing_offers_the_place_to_the_oldest(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))

    withdraw(giulia, now=now)

    assert states(giulia, samira, irina) == ["withdrawn", "offered", "waiting"]
    assert samira.offer_expires_at == now + THREE_DAYS
    assert Letter.objects.get(template="enrolment/mail/offer").recipient == "samira@example.org"


def test_withdrawing_twice_offers_one_place(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))

    withdraw(giulia, now=now)
    withdraw(giulia, now=now)

    assert states(samira, irina) == ["offered", "waiting"]


def test_a_party_that_does_not_fit_is_passed_over_and_stays_first(make_edition, ask, now):
    edition = make_edition(places=2)
    giulia, nadia = ask(edition, "Giulia"), ask(edition, "Nadia")
    pair, single = ask(edition, "Samira", "Sara"), ask(edition, "Irina")

    withdraw(giulia, now=now)
    assert states(pair, single) == ["waiting", "offered"]
    withdraw(nadia, now=now)
    withdraw(single, now=now)

    assert states(pair) == ["offered"]


def test_an_open_offer_keeps_the_place(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")
    withdraw(giulia, now=now)

    irina = ask(edition, "Irina")

    assert states(samira, irina) == ["offered", "waiting"]


def test_accepting_gives_the_place_once(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")
    withdraw(giulia, now=now)

    accept(samira, now=now)
    accept(samira, now=now)

    assert states(samira) == ["enrolled"]
    assert Letter.objects.filter(template="enrolment/mail/enrolled", recipient="samira@example.org").count() == 1


def test_declining_offers_to_the_next(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))
    withdraw(giulia, now=now)

    decline(samira, now=now)
    decline(samira, now=now)

    assert states(samira, irina) == ["declined", "offered"]


def test_declining_needs_an_offer(make_edition, ask, now):
    giulia = ask(make_edition(), "Giulia")

    with pytest.raises(RuleViolation):
        decline(giulia, now=now)

    assert states(giulia) == ["enrolled"]


@pytest.mark.parametrize(
    ("late", "expected"), [(-1, ["enrolled", "waiting"]), (0, ["expired", "offered"]), (1, ["expired", "offered"])]
)
def test_an_offer_ends_at_its_end_also_without_a_worker(make_edition, ask, now, late, expected):
    edition = make_edition(places=1)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))
    withdraw(giulia, now=now)
    moment = now + THREE_DAYS + timedelta(seconds=late)

    if late < 0:
        accept(samira, now=moment)
    else:
        with override("en"), pytest.raises(RuleViolation, match="This offer has ended"):
            accept(samira, now=moment)

    assert states(samira, irina) == expected


def test_expiring_offers_to_the_next_exactly_once(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, samira, irina, arben = (ask(edition, name) for name in ("Giulia", "Samira", "Irina", "Arben"))
    withdraw(giulia, now=now)
    later = now + THREE_DAYS

    assert [expire(now=later), expire(now=later)] == [1, 0]

    assert states(samira, irina, arben) == ["expired", "offered", "waiting"]
    assert irina.offer_expires_at == later + THREE_DAYS
    assert Letter.objects.filter(template="enrolment/mail/offer_expired").count() == 1


def test_the_worker_is_told_when_an_offer_ends(make_edition, ask, now):
    edition = make_edition(places=1)
    giulia, _samira = ask(edition, "Giulia"), ask(edition, "Samira")

    withdraw(giulia, now=now)

    job = DBTaskResult.objects.filter(task_path="projects.enrolment.tasks.expire_due").latest("enqueued_at")
    assert (job.run_after, job.args_kwargs["args"]) == (now + THREE_DAYS, [edition.pk])


def test_the_command_ends_due_offers(make_edition, ask, now, capsys):
    edition = make_edition(places=1, dates=(timezone.localdate() + timedelta(days=30),))
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")
    withdraw(giulia, now=now)
    Enrolment.objects.update(offer_expires_at=timezone.now() - timedelta(seconds=1))
    Enrolment.objects.exclude(pk=samira.pk).update(offer_expires_at=None)

    call_command("take_due_steps")

    assert capsys.readouterr().out == "Ended: 1. Lists closed: 0. Draws: 0. Reminded: 0. Turned away: 0\n"
    assert states(samira) == ["expired"]


def test_an_offer_ends_before_the_first_meeting(make_edition, ask, now):
    edition = make_edition(places=1, dates=(date(2026, 10, 2),))  # tomorrow, 18:30
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")

    withdraw(giulia, now=now)

    samira.refresh_from_db()
    assert samira.offer_expires_at == edition.meetings.get().start


def test_more_places_are_offered_to_those_who_wait(make_edition, ask, now):
    edition = make_edition(places=1)
    _giulia, samira, irina, arben = (ask(edition, name) for name in ("Giulia", "Samira", "Irina", "Arben"))
    edition.places = 3
    edition.save()

    offer_free_places(edition, now=now)

    assert states(samira, irina, arben) == ["offered", "offered", "waiting"]


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"dates_over": True}], ids=["cancelled", "over"])
def test_nothing_is_offered_of_what_does_not_take_place(make_edition, ask, now, facts):
    edition = make_edition(places=1)
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")
    edition.status = facts.get("status", "published")
    edition.save()

    withdraw(giulia, now=now + timedelta(days=60 if "dates_over" in facts else 0))

    assert states(samira) == ["waiting"]


def test_who_has_given_up_is_no_longer_living(make_edition, ask, now):
    giulia = ask(make_edition(), "Giulia", "Nadia")

    withdraw(giulia, now=now)

    assert Participant.objects.filter(living=True).count() == 0


def test_each_move_is_logged_without_a_name(make_edition, ask, now, superuser):
    edition = make_edition(places=1)
    giulia, samira = ask(edition, "Giulia"), ask(edition, "Samira")
    withdraw(giulia, now=now, by=superuser)
    accept(samira, now=now)

    entries = ModelLogEntry.objects.filter(action__startswith="enrolment.").order_by("pk")

    assert [(entry.action, entry.label, entry.user) for entry in entries] == [
        ("enrolment.enrolled", giulia.receipt_code, None),
        ("enrolment.confirmed", giulia.receipt_code, None),
        ("enrolment.waiting", samira.receipt_code, None),
        ("enrolment.confirmed", samira.receipt_code, None),
        ("enrolment.withdrawn", giulia.receipt_code, superuser),
        ("enrolment.offered", samira.receipt_code, None),
        ("enrolment.enrolled", samira.receipt_code, None),
    ]
