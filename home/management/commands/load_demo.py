from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from home.demo.loader import load_demo


class Command(BaseCommand):
    help = "Load the demonstration: pages in five languages, records, courses with enrolments, one account per role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", default="reggio-emilia-42122", help="of every demonstration account")

    def handle(self, *args: Any, **options: Any) -> None:
        load_demo(self.stdout.write, options["password"])
