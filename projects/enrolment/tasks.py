from django.utils import timezone
from django_tasks import task

from .domain.expire import expire_in


@task(backend="background")
def expire_due_offers(edition_id: int) -> int:
    """Runs at the end of an offer; if the offer was answered, there is nothing to do."""
    return expire_in(edition_id, now=timezone.now())
