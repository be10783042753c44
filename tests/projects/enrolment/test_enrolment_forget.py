from datetime import date, timedelta

from django.apps import apps
from django.core.management import call_command

from foundation_site.core.mail.models import Letter
from projects.enrolment.domain.forget import forget
from projects.enrolment.models import Edition, Enrolment, Meeting

CANARY = "Zanzibarinda"


def test_a_year_after_the_last_meeting_no_trace_is_left(make_edition, ask):
    edition = make_edition(dates=(date(2026, 10, 20),))
    ask(edition, CANARY, phone="+393330000101")
    ask(make_edition("altra"), "Giulia")
    ended = edition.meetings.get().end

    assert forget(now=ended + timedelta(days=365) - timedelta(seconds=1)) == 0
    assert forget(now=ended + timedelta(days=365)) == 1

    # A canary in every table of every app: what could keep it, does not.
    kept = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for row in model._base_manager.values()
        for field in model._meta.concrete_fields
        if CANARY.casefold() in str(row.get(field.attname)).casefold() or "+393330000101" in str(row.get(field.attname))
    ]
    assert kept == []
    assert (Enrolment.objects.count(), Letter.objects.count()) == (1, 2)


def test_without_meetings_nothing_is_forgotten(make_edition, ask, now):
    ask(make_edition(dates=()), "Giulia")

    assert forget(now=now + timedelta(days=4000)) == 0


def test_the_command_says_how_many(make_edition, ask, capsys):
    edition = make_edition()
    ask(edition, "Giulia")
    Meeting.objects.filter(edition=edition).update(date=date(2020, 1, 1))

    call_command("forget_requests")

    assert capsys.readouterr().out == "Requests deleted: 1. Wishes deleted: 0\n"
    assert Edition.objects.count() == 1
