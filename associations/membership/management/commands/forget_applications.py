from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from associations.membership.domain.forget import forget
from foundation_site.core.private_files import PrivateFile


class Command(BaseCommand):
    help = "Deletes drafts left alone for 90 days, and papers of applications that came to nothing after 180, and those applications after two years; run it every night."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        drafts, papers, ended = forget(now=now)
        swept = PrivateFile.objects.sweep(now=now)
        self.stdout.write(
            f"{drafts} drafts deleted; papers of {papers} applications; {ended} ended applications; {swept} contents without a row"
        )
