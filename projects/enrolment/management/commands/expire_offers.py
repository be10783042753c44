from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from projects.enrolment.domain.expire import expire_offers


class Command(BaseCommand):
    help = "End the offers whose time is over and offer their places to the next in line"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Offers ended: {expire_offers(now=timezone.now())}")
