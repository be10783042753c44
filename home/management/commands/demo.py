import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from home.demo.people import ACCOUNTS
from home.models import HomePage

STOP_SECONDS = 10
DEFAULT_PASSWORD = "reggio-emilia-42122"  # noqa: S105 - printed at every start


class Command(BaseCommand):
    help = "Prepare the data folder, load the demonstration once, and run web server and worker until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT") or 8000)
        self.refuse_taken_port(port)
        self.prepare(os.environ.get("DEMO_PASSWORD") or DEFAULT_PASSWORD)
        self.notice(port)
        sys.exit(self.run(port))

    def refuse_taken_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Port {port} is in use. Stop what uses it, or choose another: PORT=8001 make demo"
                ) from error

    def prepare(self, password: str) -> None:
        self.stdout.write(f"Data folder: {settings.DATA_DIR}")
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database (about half a minute the first time) …")
            call_command("migrate", verbosity=0)
        self.collect_static()
        if not HomePage.objects.filter(live=True).exists() or not self.loaded.exists():
            self.stdout.write("Loading the demonstration (about a minute, only the first time):")
            call_command("load_demo", password=password, stdout=self.stdout)
            self.loaded.touch(mode=0o600)
            self.loaded.write_text(password)

    @property
    def loaded(self) -> Path:
        """Says that the demonstration is there, and with which password its accounts were made: a later start may be told another."""
        return Path(settings.DATA_DIR) / "demo-loaded"

    def collect_static(self) -> None:
        """Once for each state of the project's assets and packages."""
        state = hashlib.sha256()
        ours = [file for folder in ("*/static", "*/*/static") for file in settings.BASE_DIR.glob(f"{folder}/**/*")]
        for file in [settings.BASE_DIR / "requirements.lock", *sorted(ours)]:
            if file.is_file():
                state.update(file.read_bytes())
        stamp = Path(settings.STATIC_ROOT) / ".collected"
        if not stamp.exists() or stamp.read_text() != state.hexdigest():
            self.stdout.write("Collecting style sheets and pictures …")
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(state.hexdigest())

    def notice(self, port: int) -> None:
        site = f"http://localhost:{port}"
        lines = ["", f"The site       {site}/", f"Editing        {site}/admin/", f"Letters sent   {site}/dev/mail/", ""]
        lines += [f"  {account.role:<34}{account.email}" for account in ACCOUNTS]
        lines += [
            f"  password of all: {self.loaded.read_text() or DEFAULT_PASSWORD}",
            "",
            "Stop with Ctrl-C; what was entered stays in the data folder.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def run(self, port: int) -> int:
        """Web server and worker, side by side: when one ends, both do."""
        bin_dir = Path(sys.executable).parent
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "foundation_site.settings.demo"}
        processes = [
            subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)  # noqa: S603 - our own commands
            for command in (
                [
                    bin_dir / "gunicorn",
                    "foundation_site.wsgi",
                    "--bind",
                    f"127.0.0.1:{port}",
                    "--threads",
                    "8",
                    "--log-level",
                    "warning",
                ],
                [sys.executable, "manage.py", "db_worker", "--backend", "background", "--queue-name", "*", "-v", "0"],
            )
        ]

        def stop(*_args: Any) -> None:
            for process in processes:
                process.terminate()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        while all(process.poll() is None for process in processes):
            time.sleep(0.3)
        stop()
        for process in processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        return (
            max(abs(process.returncode or 0) for process in processes)
            if any(p.returncode not in (0, -15, -2) for p in processes)
            else 0
        )
