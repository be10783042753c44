"""Databases that only the processes of a race reach."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parents[2]


def migrated(url: str) -> dict[str, str]:
    """The environment of a process that works on this database, which has its tables now."""
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "foundation_site.settings.test"}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return environment


@contextmanager
def postgres_database() -> Iterator[str]:
    """The address of a new database on the server that the tests run on."""
    server_url = os.environ["DATABASE_URL"]
    name = f"race_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # a name that we made
        try:
            yield f"{server_url.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Database:
    """A migrated database of its own, reached only by other processes."""

    def __init__(self, url: str):
        self.environment = migrated(url)

    def shell(self, script: str, **environment: str) -> Any:
        """What the script prints last, as JSON."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script],
            cwd=ROOT, env={**self.environment, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def start(self, worker: Path, *args: object) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, str(worker), *map(str, args)],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def race(
        self, worker: Path, edition: int, folder: Path, *, processes: int, turns: int, lock: bool
    ) -> tuple[list[Any], list[str]]:
        """All processes wait behind a barrier and start at once; what each saw, and of what the others died."""
        racing = [self.start(worker, edition, me, turns, folder, int(lock), processes) for me in range(processes)]
        while len(list(folder.glob("ready-*"))) < processes and all(one.poll() is None for one in racing):
            time.sleep(0.01)
        (folder / "go").touch()
        seen, errors = [], []
        for one in racing:
            out, err = one.communicate(timeout=300)
            if one.returncode == 0:
                seen.append(json.loads(out.strip().splitlines()[-1]))
            else:
                errors.append(err.strip().splitlines()[-1])
        return seen, errors
