from typing import Any

from django.core.management.base import BaseCommand

from foundation_site.core.text_index import rebuild


class Command(BaseCommand):
    help = (
        "Read anew the words of all published pages and of the registers, for instance after rows were written in bulk."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} entries in the search.")
