from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.enrolment.domain.forget import forget, forget_interests


class Command(BaseCommand):
    help = (
        "Delete the requests for editions that ended more than a year ago, and the wishes to be told first that are "
        "fulfilled or old, as the forms promise"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        self.stdout.write(f"Requests deleted: {forget(now=now)}. Wishes deleted: {forget_interests(now=now)}")
