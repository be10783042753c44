"""All moves in any order, with a clock that jumps, against a simple model of the line. Seeded bugs must be found by it."""

import random
import sys
import uuid
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile
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

from foundation_site.core import personal
from foundation_site.core.errors import RuleViolation
from projects.enrolment import lots
from projects.enrolment.domain import accept, confirm, decline, draw, enrol, expire, offer, withdraw
from projects.enrolment.domain.announce import announce
from projects.enrolment.enums import State
from projects.enrolment.models import Draw, Edition, Enrolment, Participant
from projects.enrolment.queries import with_places

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=ZoneInfo("Europe/Rome"))

SCRIPT = (Path(__file__).parents[3] / "projects/enrolment/templates/enrolment/draw/again.py.txt").read_text()
PEOPLE = [f"Persona {letter}" for letter in "abcdefgh"]


class Chance:
    """Codes and secrets that fall alike in each run: what Hypothesis has found it must be able to repeat."""

    def begin(self) -> None:
        self.random = random.Random(1)

    def choice(self, letters: str) -> str:
        return self.random.choice(letters)

    def token_hex(self, size: int) -> str:
        return self.random.randbytes(size).hex()


CHANCE = Chance()


@pytest.fixture(autouse=True)
def same_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lots, personal):
        monkeypatch.setattr(module, "secrets", CHANCE)


class Line(RuleBasedStateMachine):
    """What the register must be after each step. Starts with a full edition and three people waiting."""

    refusals = {"partly"}

    @initialize(places=st.integers(1, 3))
    def begin(self, places: int) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        CHANCE.begin()
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
            assert refused.code in self.refusals  # noqa: PT017 - any other refusal is a bug
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


class DrawnLine(Line):
    """The same moves, where places are drawn. Starts with a draw that is promised and six people in it."""

    @initialize(places=st.integers(1, 3))
    def begin(self, places: int) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        CHANCE.begin()
        self.now = NOW
        self.edition = Edition.objects.create(
            slug=f"e-{uuid.uuid4().hex[:8]}", label="E", status="published", places=places, party_max=2,
            enrolment="draw", closes_at=NOW + timedelta(hours=30), draws_at=NOW + timedelta(hours=40),
        )  # fmt: skip
        announce(self.edition, now=self.now)
        self.published: dict[str, str] = {}
        for letter in "stuvwx":
            asked = self.request(f"Prima {letter}")
            assert asked
            confirm.confirm(asked, now=self.now)

    # Moves

    @rule(hours=st.sampled_from([1, 10, 29]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: not self.draw.drawn_at)
    @rule(around=st.sampled_from([-1, 0, 1]))
    def jump_to_the_closing(self, around: int) -> None:
        self.now = max(self.now, self.edition.closes_at + timedelta(seconds=around))

    @precondition(lambda self: not self.draw.drawn_at)
    @rule(around=st.sampled_from([-1, 0, 1]))
    def jump_to_the_draw(self, around: int) -> None:
        self.now = max(self.now, self.edition.draws_at + timedelta(seconds=around))

    @rule()
    def close_the_list(self) -> None:
        try:
            draw.freeze_list(self.edition, now=self.now)
        except RuleViolation:
            assert not self.closed
        else:
            assert self.closed or self.draw.frozen_at

    @rule()
    def draw_lots(self) -> None:
        entered = {one.draw_code for one in self.of(State.ENTERED)}
        before = bool(self.draw.drawn_at)
        try:
            drawn = draw.draw(self.edition, now=self.now)
        except RuleViolation:
            assert self.now < self.edition.draws_at
            return
        if not before:
            states = dict(Enrolment.objects.filter(edition=self.edition).values_list("draw_code", "state"))
            for one in drawn.outcome:
                gone = one.lot.code not in entered
                assert one.given <= (not gone)
                assert gone or states[one.lot.code] == (State.ENROLLED if one.given else State.WAITING)

    @rule()
    def draw_what_is_due(self) -> None:
        draw.draw_due(now=self.now)
        assert bool(self.draw.frozen_at) >= self.closed
        assert bool(self.draw.drawn_at) == (self.now >= self.edition.draws_at)

    # Promises

    @invariant()
    def what_is_published_stays(self) -> None:
        if hasattr(self, "edition"):
            shown = self.draw
            now_published = {
                name: getattr(shown, name) for name in ("commitment", "listed", "fingerprint", "secret", "gone")
            }
            for name, value in self.published.items():
                assert now_published[name] == value
            if shown.frozen_at:
                assert lots.sha256(shown.listed) == shown.fingerprint
            assert bool(shown.secret) == bool(shown.drawn_at)
            assert not shown.secret or lots.sha256(shown.secret) == shown.commitment
            self.published = {name: value for name, value in now_published.items() if value}

    @invariant()
    def the_list_is_of_who_entered_in_time_and_confirmed(self) -> None:
        if hasattr(self, "edition") and self.draw.frozen_at:
            codes = {lot.code for lot in lots.read(self.draw.listed)}
            for one in Enrolment.objects.filter(edition=self.edition):
                assert one.state != State.ENTERED or one.draw_code in codes
                assert one.draw_code not in codes or (one.confirmed_at and one.requested_at < self.edition.closes_at)

    @invariant()
    def ranks_are_one_order_of_the_list(self) -> None:
        if hasattr(self, "edition"):
            ranked = Enrolment.objects.filter(edition=self.edition, rank__isnull=False).order_by("rank")
            codes = {lot.code for lot in lots.read(self.draw.listed)} if self.draw.drawn_at else set()
            assert [one.rank for one in ranked] == list(range(1, len(codes) + 1))
            assert {one.draw_code for one in ranked} == codes

    @invariant()
    def anybody_gets_the_same_outcome(self) -> None:
        if hasattr(self, "edition") and self.draw.drawn_at:
            assert drawn_again(self.draw) == [(one.rank, one.lot.code, one.given) for one in self.draw.outcome]

    @invariant()
    def what_is_public_opens_nothing(self) -> None:
        if hasattr(self, "edition"):
            rows = Enrolment.objects.values_list("draw_code", "receipt_code")
            assert not {public for public, _key in rows} & {key for _public, key in rows}

    @invariant()
    def nobody_was_passed_who_would_have_fitted(self) -> None:
        if not hasattr(self, "edition"):
            return
        free = self.counted().free
        waiting = {one.rank: one.participants.count() for one in self.of(State.WAITING)}
        assert all(size > free for size in waiting.values())
        served = Enrolment.objects.filter(
            edition=self.edition, state__in=[*State.HOLDING, State.EXPIRED, State.DECLINED]
        )
        for one in served.prefetch_related("participants"):
            assert not any(rank < one.rank and size <= len(one.participants.all()) for rank, size in waiting.items())

    # Small things

    @property
    def draw(self) -> Draw:
        return Draw.objects.get(edition=self.edition)

    @property
    def closed(self) -> bool:
        return self.now >= self.edition.closes_at

    def request(self, *names: str) -> Enrolment | None:
        self.refusals = {"closed"} if self.closed else {"partly"}
        asked = super().request(*names)
        assert not (asked and self.closed)
        return asked


def drawn_again(draw: Draw) -> list[tuple[int, str, bool]]:
    """What the published script makes of what is published."""
    with NamedTemporaryFile("w") as listed, redirect_stdout(StringIO()) as printed:
        listed.write(draw.listed)
        listed.flush()
        sys.argv[1:], arguments = [listed.name, draw.secret, str(draw.places), *draw.gone.split()], sys.argv[1:]
        exec(SCRIPT, {})  # noqa: S102 - our own script, as we publish it
        sys.argv[1:] = arguments
    rows = [line.split(maxsplit=2) for line in printed.getvalue().splitlines() if not line.startswith("fingerprint")]
    return [(int(rank), code, outcome == "place") for rank, code, outcome in rows]


def run(examples: int, *, line: type[Line] = Line, steps: int = 25, seeded: bool = False) -> None:
    phases = [Phase.generate] if seeded else [Phase.explicit, Phase.generate, Phase.shrink]
    run_state_machine_as_test(
        line,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            phases=phases, suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
        ),
    )  # fmt: skip


@pytest.mark.usefixtures("db")
def test_every_promise_holds_after_any_moves():
    run(40)


@pytest.mark.usefixtures("db")
def test_every_promise_of_a_draw_holds_after_any_moves():
    run(30, line=DrawnLine)


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


def drawn_without_secret(listed: str, *, secret: str, places: int, gone: Any = ()) -> list[lots.Drawn]:
    return real_draw(listed, secret="", places=places, gone=gone)


def drawn_with_who_has_gone(listed: str, *, secret: str, places: int, gone: Any = ()) -> list[lots.Drawn]:
    return real_draw(listed, secret=secret, places=places)


def drawn_without_end(listed: str, *, secret: str, places: int, gone: Any = ()) -> list[lots.Drawn]:
    return real_draw(listed, secret=secret, places=1000, gone=gone)


real_draw = lots.draw
SEEDED_IN_DRAWS = {
    "the secret plays no part": [(lots, "draw", drawn_without_secret)],
    "who has withdrawn is given a place": [(lots, "draw", drawn_with_who_has_gone)],
    "places are not counted": [(lots, "draw", drawn_without_end)],
    "who has not confirmed is drawn": [(draw, "end_due", lambda edition, now: [])],
    "who comes too late enters": [
        (enrol, "check_standing", lambda stands, edition: None),
        (enrol, "check_list_open", lambda edition: None),
    ],
    "offers do not follow the draw": [(offer, "QUEUE", ("-pk",))],
}


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("patches", SEEDED_IN_DRAWS.values(), ids=SEEDED_IN_DRAWS.keys())
def test_seeded_bugs_in_draws_are_found(monkeypatch: pytest.MonkeyPatch, patches: list[tuple[Any, str, Any]]):
    for module, name, wrong in patches:
        monkeypatch.setattr(module, name, wrong)

    with pytest.raises(AssertionError):
        run(200, line=DrawnLine, seeded=True)
