"""One process of the race for a draw: asks, confirms and withdraws; when all have done half of their turns it closes the list and
draws, again and again, while the clocks of every second process are still behind. Prints what it saw as JSON.

    python tests/races/draw_worker.py <edition> <number of this process> <turns> <folder of the barrier> <lock: 1 or 0> <processes>
"""

# ruff: noqa: T201 - the answer is what is printed

import atexit
import json
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from enrolment_worker import VERBS, ask, letters, take_the_lock_off

from foundation_site.core.errors import RuleViolation
from projects.enrolment.domain import confirm, draw, withdraw
from projects.enrolment.models import Edition, Enrolment


def main(edition_id: int, me: int, turns: int, folder: Path, processes: int) -> None:
    edition = Edition.objects.get(pk=edition_id)
    closes, draws = edition.closes_at, edition.draws_at
    assert closes
    assert draws
    atexit.register((folder / f"half-{me}").touch)  # nobody waits for a process that has died
    (folder / f"ready-{me}").touch()
    while not (folder / "go").exists():
        time.sleep(0.002)
    mine: list[Enrolment] = []
    lists, outcomes, refused = set(), set(), Counter()
    for turn in range(turns):
        if turn == turns // 2:
            (folder / f"half-{me}").touch()
            while len(list(folder.glob("half-*"))) < processes:
                time.sleep(0.002)
        early = turn < turns // 2 + 2 * (me % 2)
        now = closes - timedelta(minutes=1) if early else draws
        try:
            name = "Tutti" if turn == turns // 2 + 1 else f"Persona {letters(me)} {letters(turn)}"
            mine.append(ask(edition, name, now=now))
            if turn % 3:
                confirm.confirm(mine[-1], now=now)
        except RuleViolation as no:
            refused[no.code] += 1
        if turn % 4 == 3 and mine:
            withdraw.withdraw(mine[turn % len(mine)], now=now)
        if not early:
            lists.add(draw.freeze_list(edition, now=now).listed)
            drawn = draw.draw(edition, now=now)
            outcomes.add(" ".join(f"{one.lot.code}:{one.rank}:{int(one.given)}" for one in drawn.outcome))
    print(json.dumps({"lists": sorted(lists), "outcomes": sorted(outcomes), "refused": refused}))


if __name__ == "__main__":
    edition_id, me, turns, folder, lock, processes = sys.argv[1:]
    if lock == "0":
        take_the_lock_off(*VERBS, draw)
    main(int(edition_id), int(me), int(turns), Path(folder), int(processes))
