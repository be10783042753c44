from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.enrolment.domain.draw import draw_due
from projects.enrolment.domain.expire import expire
from projects.enrolment.domain.remind import remind
from projects.enrolment.domain.turn_away import turn_away_due


class Command(BaseCommand):
    help = (
        "End offers and unconfirmed requests whose time is over, close the lists of draws, make the draws that are due, "
        "remind of first meetings, tell those who still wait for what is over that they find no place"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        ended = expire(now=now)
        frozen, drawn = draw_due(now=now)
        reminded = remind(now=now)
        away = turn_away_due(now=now)
        self.stdout.write(
            f"Ended: {ended}. Lists closed: {frozen}. Draws: {drawn}. Reminded: {reminded}. Turned away: {away}"
        )
