"""All moves in any order, with a clock that jumps, against a simple model of the line. Seeded bugs must be found by it."""

import uuid
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from foundation_site.core.errors import RuleViolation
from projects.enrolment.domain import accept, confirm, decline, enrol, expire, offer, withdraw
from projects.enrolment.enums import State
from projects.enrolment.models import Edition, Enrolment, Participant
from projects.enrolment.queries import with_places

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))

PEOPLE = [f"Persona {letter}" for letter in "abcdefgh"]


class Line(RuleBasedStateMachine):
    """What the register must be after each step. Starts with a full edition and three people waiting."""

    @initialize(places=st.integers(1, 3))
    def begin(self, places: int) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now: datetime = NOW
        self.edition = Edition.objects.create(
            slug=f"e-{uuid.uuid4().hex[:8]}", label="E", status="published", places=places, party_max=2
        )
        self.offers: dict[int, int] = {}
        for letter in "stuvwx"[: places + 3]:
            self.request(f"Prima {letter}")

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    # Moves

    @rule(names=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True))
    def ask(self, names: list[str]) -> None:
        known = self.living_of(names)
        asked = self.request(*names)
        if asked is not None and known:
            assert asked.pk in known

    @rule(index=st.integers(0, 30))
    def withdraw(self, index: int) -> None:
        withdraw.withdraw(self.pick(index), now=self.now)

    @precondition(lambda self: self.unconfirmed())
    @rule(index=st.integers(0, 30))
    def confirm(self, index: int) -> None:
        provisional = self.unconfirmed()
        one = provisional[index % len(provisional)]
        in_time = one.state == State.OFFERED or self.now < one.confirm_by
        try:
            one = confirm.confirm(one, now=self.now)
        except RuleViolation:
            assert not in_time
        one.refresh_from_db()
        assert (one.state == State.LAPSED) == (not in_time)

    @precondition(lambda self: self.unconfirmed())
    @rule(index=st.integers(0, 30), around=st.sampled_from([-1, 0, 1]))
    def jump_to_the_end_of_the_time_to_confirm(self, index: int, around: int) -> None:
        provisional = self.unconfirmed()
        self.now = max(self.now, provisional[index % len(provisional)].confirm_by + timedelta(seconds=around))

    @precondition(lambda self: self.of(State.OFFERED))
    @rule(index=st.integers(0, 30), yes=st.booleans())
    def answer(self, index: int, yes: bool) -> None:
        offered = self.of(State.OFFERED)
        one = offered[index % len(offered)]
        in_time = self.now < one.offer_expires_at
        try:
            (accept.accept if yes else decline.decline)(one, now=self.now)
        except RuleViolation:
            assert yes
            assert not in_time
        one.refresh_from_db()
        assert one.state == (State.EXPIRED if not in_time else State.ENROLLED if yes else State.DECLINED)

    @precondition(lambda self: self.of(State.OFFERED))
    @rule(index=st.integers(0, 30), around=st.sampled_from([-1, 0, 1]))
    def jump_to_a_deadline(self, index: int, around: int) -> None:
        offered = self.of(State.OFFERED)
        self.now = max(self.now, offered[index % len(offered)].offer_expires_at + timedelta(seconds=around))

    @precondition(lambda self: self.of(State.ENROLLED) and self.of(State.WAITING))
    @rule(index=st.integers(0, 30))
    def give_up_a_place(self, index: int) -> None:
        enrolled = self.of(State.ENROLLED)
        withdraw.withdraw(enrolled[index % len(enrolled)], now=self.now)

    @precondition(lambda self: self.of(State.OFFERED))
    @rule(around=st.sampled_from([-1, 0, 1]))
    def let_the_first_offer_end(self, around: int) -> None:
        end = min(one.offer_expires_at for one in self.of(State.OFFERED))
        self.now = max(self.now, end + timedelta(seconds=around))
        self.end_offers()

    @rule()
    def end_offers(self) -> None:
        expire.expire(now=self.now)
        assert all(one.offer_expires_at > self.now for one in self.of(State.OFFERED))
        assert all(one.confirm_by > self.now for one in self.unconfirmed() if one.state != State.OFFERED)

    @rule()
    def open_one_place_more(self) -> None:
        Edition.objects.filter(pk=self.edition.pk).update(places=self.counted().places + 1)
        offer.offer_free_places(self.edition, now=self.now)

    # Promises

    @invariant()
    def never_oversold(self) -> None:
        if hasattr(self, "edition"):
            counted = self.counted()
            assert counted.taken <= counted.places

    @invariant()
    def one_living_request_per_person(self) -> None:
        if hasattr(self, "edition"):
            keys = [
                person.person_key
                for person in Participant.objects.filter(edition=self.edition).select_related("enrolment")
                if person.enrolment.state in State.LIVING
            ]
            assert len(keys) == len(set(keys))

    @invariant()
    def living_says_what_the_state_says(self) -> None:
        if hasattr(self, "edition"):
            for person in Participant.objects.filter(edition=self.edition).select_related("enrolment"):
                assert person.living == person.enrolment.is_living

    @invariant()
    def nobody_was_passed_who_would_have_fitted(self) -> None:
        """Whoever waits is larger than what is free; and among those of one size, nobody older waits behind a younger."""
        if not hasattr(self, "edition"):
            return
        free = self.counted().free
        waiting = {one.pk: one.participants.count() for one in self.of(State.WAITING)}
        assert all(size > free for size in waiting.values())
        for one in (
            Enrolment.objects.filter(edition=self.edition).exclude(state=State.WAITING).prefetch_related("participants")
        ):
            if one.state in (State.ENROLLED, State.OFFERED, State.EXPIRED, State.DECLINED):
                assert not any(pk < one.pk and size <= one.participants.count() for pk, size in waiting.items())

    # Small things

    def request(self, *names: str) -> Enrolment | None:
        people = [enrol.Person(name=name) for name in names]
        contact = enrol.Contact(name=names[0], language="it", email="una@example.org")
        try:
            return enrol.enrol(self.edition, contact=contact, people=people, request_key=uuid.uuid4(), now=self.now)
        except RuleViolation as refused:
            assert refused.code == "partly"  # noqa: PT017 - any other refusal is a bug
            return None

    def living_of(self, names: list[str]) -> set[int]:
        found = Participant.objects.filter(edition=self.edition, living=True, name__in=names)
        return set(found.values_list("enrolment", flat=True))

    def of(self, state: State) -> list[Enrolment]:
        return list(Enrolment.objects.filter(edition=self.edition, state=state).order_by("pk"))

    def unconfirmed(self) -> list[Enrolment]:
        rows = Enrolment.objects.filter(edition=self.edition, confirmed_at=None, state__in=State.LIVING)
        return list(rows.order_by("pk"))

    def pick(self, index: int) -> Enrolment:
        rows = list(Enrolment.objects.filter(edition=self.edition).order_by("pk"))
        return rows[index % len(rows)]

    def counted(self) -> Any:
        return with_places(Edition.objects.filter(pk=self.edition.pk)).get()


def run(examples: int, *, steps: int = 25, seeded: bool = False) -> None:
    phases = [Phase.generate] if seeded else [Phase.explicit, Phase.generate, Phase.shrink]
    run_state_machine_as_test(
        Line,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            phases=phases, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip


@pytest.mark.usefixtures("db")
def test_every_promise_holds_after_any_moves():
    run(40)


def never_full(edition: Edition) -> bool:
    return False


def full_without_regard_to_who_waits(edition: Any) -> bool:
    return edition.taken >= edition.places


SEEDED = {
    "places are not counted": [(enrol, "is_full", never_full), (enrol, "too_few", lambda counted, size: False)],
    "who waits is passed over": [
        (enrol, "is_full", full_without_regard_to_who_waits),
        (withdraw, "offer_free_places", lambda edition, now: []),
    ],
    "a freed place is not offered": [(withdraw, "offer_free_places", lambda edition, now: [])],
    "offers never end": [(expire, "due", lambda now: Enrolment.objects.none())],
    "an ended offer is not passed on": [
        (expire, "offer_free_places", lambda edition, now: []),
        (accept, "offer_free_places", lambda edition, now: []),
        (confirm, "offer_free_places", lambda edition, now: []),
    ],
    "a request that nobody confirms stays": [
        (expire, "end_due", lambda edition, now: []),
        (confirm, "end_due", lambda edition, now: []),
    ],
    "a person is not recognised": [(enrol, "person_key", lambda name, *, email, phone: uuid.uuid4().hex)],
}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("patches", SEEDED.values(), ids=SEEDED.keys())
def test_seeded_bugs_are_found(monkeypatch: pytest.MonkeyPatch, patches: list[tuple[Any, str, Any]]):
    for module, name, wrong in patches:
        monkeypatch.setattr(module, name, wrong)

    with pytest.raises(AssertionError):
        run(200, seeded=True)
