"""Letters leave with the change that caused them, once, also when the mail server or the worker fails."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from foundation_site.core.mail.letters import write_letter
from foundation_site.core.mail.models import Letter
from foundation_site.core.mail.tasks import LAST_ATTEMPT, begin, deliver

pytestmark = pytest.mark.django_db


class Unreliable(EmailBackend):
    """A mail server that takes the letter, or not, and drops the line while answering."""

    takes = False

    def send_messages(self, messages: Any) -> int:
        if self.takes:
            super().send_messages(messages)
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class Killed(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise SystemExit  # as the worker ends


def letter() -> Letter:
    return write_letter(
        "account/email/password_reset_key", to="anna@example.org", language="fr", context={"password_reset_url": "/x/"}
    )


def work(*, later: bool = False) -> None:
    """What the worker does: run what is due, or with `later` what is booked for a later time as well."""
    tasks = DBTaskResult.objects.filter(status="READY") if later else DBTaskResult.objects.ready()
    for booked in list(tasks):
        booked.claim("worker")
        deliver.func(*booked.task_result.args)


def through(backend: type) -> str:
    return f"{backend.__module__}.{backend.__qualname__}"


def test_letter_is_sent_once_in_the_persons_language():
    written = letter()
    work()
    work(later=True)

    assert [(sent.to, sent.extra_headers["Content-Language"]) for sent in mail.outbox] == [(["anna@example.org"], "fr")]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{written.pk}@testserver>"
    written.refresh_from_db()
    assert (written.attempts, bool(written.sent_at), written.last_error) == (1, True, "")


def test_change_that_is_rolled_back_sends_nothing():
    with transaction.atomic():
        letter()
        transaction.set_rollback(True)

    work(later=True)
    assert (Letter.objects.count(), DBTaskResult.objects.count(), mail.outbox) == (0, 0, [])


@pytest.mark.parametrize(
    ("taken", "copies"), [(False, 1), (True, 2)], ids=["refused", "taken, but the answer was lost"]
)
def test_letter_is_tried_again_as_the_same_letter(settings, monkeypatch, taken: bool, copies: int):
    written = letter()
    monkeypatch.setattr(Unreliable, "takes", taken)
    settings.EMAIL_BACKEND = through(Unreliable)
    work()
    written.refresh_from_db()
    assert (written.sent_at, written.attempts, written.last_error) == (None, 1, "Connection unexpectedly closed")

    settings.EMAIL_BACKEND = through(EmailBackend)
    work(later=True)

    assert {sent.extra_headers["Message-ID"] for sent in mail.outbox} == {f"<{written.pk}@testserver>"}
    assert len(mail.outbox) == copies
    written.refresh_from_db()
    assert (bool(written.sent_at), written.attempts, written.last_error) == (True, 2, "")


def test_letter_outlives_a_worker_that_is_killed_while_sending(settings):
    written = letter()
    settings.EMAIL_BACKEND = through(Killed)
    with pytest.raises(SystemExit):
        work()

    settings.EMAIL_BACKEND = through(EmailBackend)
    work(later=True)

    assert [sent.to for sent in mail.outbox] == [["anna@example.org"]]
    written.refresh_from_db()
    assert written.sent_at


def test_two_workers_do_not_begin_the_same_try():
    written = letter()
    seen_by_the_quicker, seen_by_the_slower = Letter.objects.get(pk=written.pk), Letter.objects.get(pk=written.pk)

    assert begin(seen_by_the_quicker) is True
    assert begin(seen_by_the_slower) is False


def test_letter_that_nobody_takes_is_given_up(settings, caplog):
    written = letter()
    settings.EMAIL_BACKEND = through(Unreliable)

    for _try in range(LAST_ATTEMPT + 5):
        work(later=True)

    written.refresh_from_db()
    assert (written.attempts, written.sent_at) == (LAST_ATTEMPT, None)
    assert caplog.messages == [f"Letter {written.pk} was given up after {LAST_ATTEMPT} attempts"]
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_letter_that_was_erased_is_not_sent():
    letter().delete()

    work(later=True)

    assert mail.outbox == []


def test_letters_are_forgotten_after_ninety_days():
    old, young = letter(), letter()
    now = timezone.now()
    Letter.objects.filter(pk=old.pk).update(created_at=now - timedelta(days=90, seconds=1))

    assert Letter.objects.forget(now=now) == 1
    assert list(Letter.objects.all()) == [young]


def test_the_nightly_command_says_how_many_letters_went(capsys):
    letter()
    Letter.objects.update(created_at=timezone.now() - timedelta(days=91))

    call_command("forget_letters")

    assert capsys.readouterr().out == "1 letters deleted\n"
