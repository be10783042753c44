from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from foundation_site.core.mail.models import Letter


class Command(BaseCommand):
    help = "Deletes letters written more than 90 days ago; run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{Letter.objects.forget(now=timezone.now())} letters deleted")
