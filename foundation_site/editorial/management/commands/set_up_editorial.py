from typing import Any

from django.core.management.base import BaseCommand

from foundation_site.editorial.setup import set_up_editorial


class Command(BaseCommand):
    help = "Make the groups, their permissions and the workflow; may run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        set_up_editorial()
