from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from associations.membership.domain.forget import forget


class Command(BaseCommand):
    help = "Deletes drafts left alone for 90 days, and papers of applications that came to nothing after 180."

    def handle(self, *args: Any, **options: Any) -> None:
        drafts, applications = forget(now=timezone.now())
        self.stdout.write(f"{drafts} drafts deleted; papers of {applications} applications deleted")
