from django.utils import timezone
from django_tasks import task

from .domain.draw import draw_due
from .domain.expire import expire_in
from .domain.remind import remind_in


@task(backend="background")
def expire_due(edition_id: int) -> int:
    """Runs at the end of an offer or of the time to confirm; if it was answered, there is nothing to do."""
    return expire_in(edition_id, now=timezone.now())


@task(backend="background")
def make_due_draws() -> tuple[int, int]:
    """Runs when the enrolment of a draw closes and when it is to be drawn; if that was moved, there is nothing to do yet."""
    return draw_due(now=timezone.now())


@task(backend="background")
def remind_in_time(edition_id: int) -> int:
    """Runs some days before the first meeting; if that was moved, there is nothing to do yet."""
    return remind_in(edition_id, now=timezone.now())
