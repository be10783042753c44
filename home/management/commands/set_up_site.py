from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand

from home.setup import set_up_site


class Command(BaseCommand):
    help = "Make the site ready for its first page: languages, front pages, topics, groups, workflow; may run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="of the foundation")
        parser.add_argument("--city", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        hostname = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
        set_up_site(name=options["name"], city=options["city"], hostname=hostname)
        self.stdout.write(f"{options['name']} is ready: {settings.WAGTAILADMIN_BASE_URL}/admin/")
