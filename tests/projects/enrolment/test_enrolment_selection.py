"""Places by selection: announced, assessed by at least two, decided once, and everybody told why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from foundation_site.core.errors import RuleViolation
from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User
from projects.enrolment import lots
from projects.enrolment.domain.announce import announce
from projects.enrolment.domain.assess import Mark, assess
from projects.enrolment.domain.decide import decide
from projects.enrolment.domain.forget import forget
from projects.enrolment.domain.step_aside import step_aside
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.models import (
    Assessment,
    Criterion,
    CriterionName,
    Decision,
    Draw,
    Edition,
    Enrolment,
    PriorityRule,
    Score,
)

CLOSES = datetime(2026, 10, 10, 12, 0, tzinfo=ZoneInfo("Europe/Rome"))
READS = CLOSES + timedelta(hours=1)
DECIDES = CLOSES + timedelta(days=2)


@pytest.fixture
def make_selection(make_edition, now) -> Callable[..., Edition]:
    """An edition of two places by selection, announced before anybody asks: motivation counts three times need."""

    def make(*priorities: str, **facts) -> Edition:
        edition = make_edition(enrolment="selection", closes_at=CLOSES, decides_at=DECIDES, **facts)
        motivation = Criterion.objects.create(edition=edition, label="Motivazione", weight=3, sort_order=0)
        CriterionName.objects.create(criterion=motivation, language="en", text="Motivation")
        Criterion.objects.create(edition=edition, label="Bisogno", weight=1, highest=10, sort_order=1)
        for order, kind in enumerate(priorities):
            PriorityRule.objects.create(edition=edition, kind=kind, sort_order=order)
        announce(edition, now=now)
        return edition

    return make


@pytest.fixture
def assessors(db) -> list[User]:
    return [User.objects.create_user(f"{name}@example.org") for name in ("ada", "bea", "cleo")]


def marks(edition: Edition, *points: int, reason: str = "Lo dice bene.") -> dict[int, Mark]:
    return {one.pk: Mark(given, reason) for one, given in zip(edition.criteria.all(), points, strict=True)}


def give(request: Enrolment, *given: tuple[User, int, int]) -> None:
    for assessor, *points in given:
        assess(request, marks=marks(request.edition, *points), now=READS, by=assessor)


def states(*requests: Enrolment) -> list[str]:
    for request in requests:
        request.refresh_from_db()
    return [request.state for request in requests]


def refusal(verb: Callable, *args, **kwargs) -> str:
    with pytest.raises(RuleViolation) as refused:
        verb(*args, **kwargs)
    return refused.value.code


# Before


def test_terms_hold_places_day_and_criteria_with_their_names(make_selection):
    edition = make_selection()

    rules = edition.terms.get().rules
    assert (rules["places"], datetime.fromisoformat(rules["decides_at"])) == (2, DECIDES)
    assert rules["criteria"] == [
        {"label": "Motivazione", "names": {"en": "Motivation"}, "weight": 3, "highest": 5},
        {"label": "Bisogno", "names": {}, "weight": 1, "highest": 10},
    ]
    assert len(Draw.objects.get(edition=edition).commitment) == 64


@pytest.mark.parametrize("change", ["weight", "places", "day"])
def test_what_was_published_stays_once_somebody_has_asked(make_selection, ask, now, change):
    edition = make_selection()
    ask(edition, "Giulia")
    if change == "weight":
        edition.criteria.update(weight=9)
    else:
        Edition.objects.filter(pk=edition.pk).update(
            **({"places": 3} if change == "places" else {"decides_at": DECIDES + timedelta(days=1)})
        )

    assert refusal(announce, edition, now=now) == "terms"


def test_without_criteria_it_is_not_announced(make_edition, now):
    edition = make_edition(enrolment="selection", closes_at=CLOSES, decides_at=DECIDES)

    assert refusal(announce, edition, now=now) == "criteria"
    assert edition.terms.count() == 0


@pytest.mark.parametrize(
    "facts",
    [{"places": None}, {"closes_at": None}, {"decides_at": None}, {"decides_at": CLOSES - timedelta(seconds=1)}],
    ids=["no places", "no end", "no day", "day before the end"],
)
def test_a_selection_without_its_facts_is_not_stored(make_edition, facts):
    whole = {"enrolment": "selection", "closes_at": CLOSES, "decides_at": DECIDES}

    with pytest.raises(IntegrityError), transaction.atomic():
        make_edition(**{**whole, **facts})


def test_everybody_enters_and_is_told_what_counts_and_when(make_selection, ask):
    edition = make_selection(places=1)

    requests = [ask(edition, name, language="en") for name in ("Giulia", "Samira")]

    assert states(*requests) == ["entered", "entered"]
    letter = Letter.objects.latest("created_at")
    assert letter.subject == "We have your request: Sera"
    assert "This is what counts: Motivation (weight 3); Bisogno (weight 1)." in letter.text
    assert "Monday 12 October 2026, 12:00" in letter.text
    assert requests[1].draw_code in letter.text


def test_time_to_confirm_ends_when_enrolment_closes(make_selection, ask):
    giulia = ask(make_selection(), "Giulia", confirmed=False, now=CLOSES - timedelta(hours=2))

    assert giulia.confirm_by == CLOSES


# Assessing


def test_an_assessment_is_kept_whole_and_logged_without_scores(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")

    give(giulia, (assessors[0], 4, 7))

    assert list(Score.objects.values_list("criterion__label", "points", "reason")) == [
        ("Motivazione", 4, "Lo dice bene."),
        ("Bisogno", 7, "Lo dice bene."),
    ]
    entry = ModelLogEntry.objects.get(action="enrolment.assessed")
    assert (entry.user, entry.label, entry.data) == (assessors[0], giulia.receipt_code, {})


def test_corrected_it_is_the_same_assessment_and_the_log_shows_it(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")

    give(giulia, (assessors[0], 4, 7), (assessors[0], 5, 7))

    assert Assessment.objects.count() == 1
    assert list(Score.objects.values_list("points", flat=True)) == [5, 7]
    assert ModelLogEntry.objects.filter(action="enrolment.reassessed").count() == 1


@pytest.mark.parametrize(
    ("points", "reason", "code"),
    [((6, 7), "Sì.", "marks"), ((-1, 7), "Sì.", "marks"), ((4, 7), "  ", "reason")],
    ids=["too high", "below nothing", "no reason"],
)
def test_a_score_outside_the_scale_or_without_a_reason_is_refused(make_selection, ask, assessors, points, reason, code):
    giulia = ask(make_selection(), "Giulia")
    given = marks(giulia.edition, *points, reason=reason)

    assert refusal(assess, giulia, marks=given, now=READS, by=assessors[0]) == code
    assert Assessment.objects.count() == 0


def test_a_criterion_left_out_is_refused(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")
    given = marks(giulia.edition, 4, 7)
    given.popitem()

    assert refusal(assess, giulia, marks=given, now=READS, by=assessors[0]) == "marks"


def test_nobody_assesses_while_others_still_ask(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")
    given = marks(giulia.edition, 4, 7)

    assert refusal(assess, giulia, marks=given, now=CLOSES - timedelta(seconds=1), by=assessors[0]) == "open"


@pytest.mark.parametrize(
    ("change", "code"),
    [({"enrolment": "arrival"}, "way"), ({"status": "cancelled"}, "cancelled")],
    ids=["another way", "cancelled"],
)
def test_nothing_is_assessed_or_decided_where_nothing_is_selected(make_selection, ask, assessors, change, code):
    edition = make_selection()
    giulia = ask(edition, "Giulia")
    given = marks(edition, 4, 7)
    Edition.objects.filter(pk=edition.pk).update(**change)

    assert refusal(assess, giulia, marks=given, now=READS, by=assessors[0]) == code
    assert refusal(decide, edition, now=DECIDES) == code


def test_who_withdrew_is_not_assessed(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")
    withdraw(giulia, now=READS)

    assert refusal(assess, giulia, marks=marks(giulia.edition, 4, 7), now=READS, by=assessors[0]) == "ended"


def test_who_is_too_close_steps_aside_for_good_and_her_scores_go(make_selection, ask, assessors):
    giulia = ask(make_selection(), "Giulia")
    give(giulia, (assessors[0], 5, 10))

    step_aside(giulia, now=READS, by=assessors[0])
    step_aside(giulia, now=READS, by=assessors[0])

    assert (Score.objects.count(), Assessment.objects.get().conflict) == (0, True)
    assert refusal(assess, giulia, marks=marks(giulia.edition, 4, 7), now=READS, by=assessors[0]) == "conflict"
    assert ModelLogEntry.objects.filter(action="enrolment.stepped_aside").count() == 1


# Deciding


def test_it_is_not_decided_before_its_moment(make_selection):
    assert refusal(decide, make_selection(), now=DECIDES - timedelta(seconds=1)) == "early"


def test_every_party_needs_two_assessments_and_a_conflict_is_none(make_selection, ask, assessors):
    ada, bea, cleo = assessors
    edition = make_selection()
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))
    give(giulia, (ada, 4, 7), (bea, 3, 8))
    give(samira, (ada, 4, 7))
    give(irina, (ada, 4, 7))
    step_aside(irina, now=READS, by=bea)

    with pytest.raises(RuleViolation, match=r"^2 "):
        decide(edition, now=DECIDES)
    assert Decision.objects.count() == 0

    give(samira, (cleo, 1, 1))
    give(irina, (cleo, 1, 1))
    decide(edition, now=DECIDES)

    assert states(giulia, samira, irina).count("enrolled") == 2


def test_places_go_by_points_and_the_queue_is_the_ranking(make_selection, ask, assessors, superuser):
    ada, bea, _cleo = assessors
    edition = make_selection(places=1)
    giulia, samira, irina = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))
    give(giulia, (ada, 1, 1), (bea, 2, 1))
    give(samira, (ada, 4, 7), (bea, 3, 8))
    give(irina, (ada, 3, 5), (bea, 3, 5))

    decision = decide(edition, now=DECIDES, by=superuser)

    assert states(samira, irina, giulia) == ["enrolled", "waiting", "waiting"]
    assert [request.rank for request in (samira, irina, giulia)] == [1, 2, 3]
    assert [(row.lot.code, str(row.points), row.given) for row in decision.outcome] == [
        (samira.draw_code, "71.25", True),
        (irina.draw_code, "57.50", False),
        (giulia.draw_code, "25.00", False),
    ]
    assert (decision.decided_by, decision.places) == (superuser, 1)
    withdraw(samira, now=DECIDES)
    assert states(irina, giulia) == ["offered", "waiting"]


def test_a_party_larger_than_what_is_left_is_passed_over_and_stays_first(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection(places=2)
    samira, family, giulia = (
        ask(edition, *names, language="en") for names in (["Samira"], ["Irina", "Olga"], ["Giulia"])
    )
    for request, points in ((samira, 5), (family, 4), (giulia, 3)):
        give(request, (ada, points, 5), (bea, points, 5))

    decide(edition, now=DECIDES)

    assert states(samira, family, giulia) == ["enrolled", "waiting", "enrolled"]
    told = Letter.objects.filter(recipient=family.email).latest("created_at").text
    assert "there were not enough places left for all of you" in told
    assert "The last who got a place" not in told
    withdraw(samira, now=DECIDES)
    assert states(family) == ["waiting"]
    withdraw(giulia, now=DECIDES)
    assert states(family) == ["offered"]


def test_among_equals_priorities_come_first_and_then_the_promised_lot(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection("resident", places=1)
    plain = [ask(edition, name) for name in ("Giulia", "Samira", "Irina")]
    resident = ask(edition, "Fatou", declared=["resident"])
    for request in (*plain, resident):
        give(request, (ada, 4, 5), (bea, 4, 5))

    decision = decide(edition, now=DECIDES)

    assert lots.sha256(decision.secret) == Draw.objects.get(edition=edition).commitment
    by_lot = sorted(plain, key=lambda one: lots.chance(lots.Lot(one.draw_code, 1, 1), decision.secret))
    assert [row.lot.code for row in decision.outcome] == [one.draw_code for one in (resident, *by_lot)]


def test_who_withdrew_in_between_gets_nothing_and_her_code_is_told(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection(places=1)
    early, late, stays = (ask(edition, name) for name in ("Giulia", "Samira", "Irina"))
    withdraw(early, now=CLOSES - timedelta(hours=1))
    give(late, (ada, 5, 10), (bea, 5, 10))
    withdraw(late, now=READS)
    give(stays, (ada, 1, 1), (bea, 1, 1))

    decision = decide(edition, now=DECIDES)

    assert states(early, late, stays) == ["withdrawn", "withdrawn", "enrolled"]
    assert (decision.gone, len(decision.outcome)) == (late.draw_code, 1)


def test_decided_twice_it_is_the_same_decision(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection()
    give(ask(edition, "Giulia"), (ada, 4, 7), (bea, 3, 8))
    first = decide(edition, now=DECIDES)
    letters = Letter.objects.count()

    second = decide(edition, now=DECIDES + timedelta(days=1))

    assert (second.pk, second.decided_at) == (first.pk, DECIDES)
    assert Letter.objects.count() == letters
    assert ModelLogEntry.objects.filter(action="enrolment.decided").count() == 1


def test_a_decision_is_written_once_and_scores_stay_from_then_on(make_selection, ask, assessors):
    ada, bea, cleo = assessors
    edition = make_selection()
    giulia = ask(edition, "Giulia")
    give(giulia, (ada, 4, 7), (bea, 3, 8))
    decision = decide(edition, now=DECIDES)

    decision.places = 5
    with pytest.raises(ValueError, match="written once"):
        decision.save()
    with pytest.raises(ValueError, match="stays"):
        decision.delete()
    for assessor in (ada, cleo):
        given = marks(edition, 5, 10)
        assert refusal(assess, giulia, marks=given, now=DECIDES, by=assessor) == "decided"


def test_after_the_decision_there_may_be_more_places(make_selection, ask, assessors, now):
    ada, bea, _cleo = assessors
    edition = make_selection()
    give(ask(edition, "Giulia"), (ada, 4, 7), (bea, 3, 8))
    decide(edition, now=DECIDES)
    Edition.objects.filter(pk=edition.pk).update(places=3)

    announce(edition, now=DECIDES)

    assert edition.terms.count() == 1


def test_everybody_is_told_why_in_her_language(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection(places=1)
    samira, giulia = ask(edition, "Samira", language="en"), ask(edition, "Giulia", language="en")
    give(samira, (ada, 4, 7), (bea, 3, 8))
    give(giulia, (ada, 1, 1), (bea, 2, 1))
    Letter.objects.all().delete()

    decide(edition, now=DECIDES)

    got, waits = Letter.objects.order_by("created_at")
    assert (got.subject, waits.subject) == ("You have a place: Sera", "You are on the waiting list: Sera")
    assert "Motivation: 3.50 of 5 (weight 3)\nBisogno: 7.50 of 10 (weight 1)\n" in got.text
    assert "In all 71.25 points of 100: number 1 in the ranking." in got.text
    assert "Your number on the list: 1" in waits.text
    assert "Motivation: 1.50 of 5 (weight 3)" in waits.text
    assert "In all 25.00 points of 100: number 2 in the ranking." in waits.text
    assert "The last who got a place has 71.25 points." in waits.text
    assert "/en/enrol/arabo-sera/selection/" in waits.text


# Forgetting


def test_scores_and_reasons_go_with_the_request_and_the_decision_stays(make_selection, ask, assessors):
    ada, bea, _cleo = assessors
    edition = make_selection()
    giulia = ask(edition, "Giulia")
    for assessor in (ada, bea):
        given = marks(edition, 4, 7, reason="Zanzibarinda lo merita.")
        assess(giulia, marks=given, now=READS, by=assessor)
    before = decide(edition, now=DECIDES).outcome

    forget(now=DECIDES + timedelta(days=800))

    kept = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for row in model._base_manager.values()
        for field in model._meta.concrete_fields
        if "zanzibarinda" in str(row.get(field.attname)).casefold()
    ]
    assert (kept, Score.objects.count(), Assessment.objects.count()) == ([], 0, 0)
    assert Decision.objects.get(edition=edition).outcome == before


def test_who_waited_for_the_lock_while_places_were_decided_is_told_so(make_selection, ask, assessors):
    """The request was sent in time, but nobody would read it any more."""
    edition = make_selection()
    give(ask(edition, "Giulia"), (assessors[0], 4, 7), (assessors[1], 3, 5))
    decide(edition, now=DECIDES)

    assert refusal(ask, edition, "Samira", now=CLOSES - timedelta(seconds=1)) == "closed"
