from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.enrolment.domain.forget import forget


class Command(BaseCommand):
    help = "Delete the requests for editions that ended more than a year ago, as the form promises"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Requests deleted: {forget(now=timezone.now())}")
