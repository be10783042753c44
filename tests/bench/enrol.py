"""How many people can ask for a place in one edition at once, and how long each waits for the answer.

    .venv/bin/python tests/bench/enrol.py            on SQLite and on PostgreSQL (DATABASE_URL, or a local server)
    .venv/bin/python tests/bench/enrol.py sqlite     on one of them

Serves the site as the README says (gunicorn with 8 threads, production settings, all middleware) on a database of its own, which is dropped
afterwards. 200 clients, each behind an address of its own as the trusted proxy would write it, open the form as people do and take its
token, key and stamp; when the youngest form is older than the time trap they all send it at once, each on a new connection.
An answer counts when it leads to the person's own request: then it is committed, with the letter to confirm in the queue.

* `places`: 200 clients send one form each for 20 places; the seconds until the last of them has her answer, and what was given.
* `full view`: 200 clients send several forms each to one edition, one after the other; sign-ups per second, and how long one waits.
* `bare view`: the same clients, server and number against a view that makes one plain INSERT (served.py).

Views take turns, the median of the rounds is printed. No worker runs meanwhile: letters leave later, and their queue is counted here.
The clients run on the same machine and share its cores, so look at the ratio first.
"""

# ruff: noqa: E402, T201 - its neighbours are found first; the answer is what is printed

import argparse
import asyncio
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "races"))

from race_databases import postgres_database

CLIENTS, FORMS_EACH, PLACES, ROUNDS, THREADS = 200, 3, 20, 3, 8
TIME_TRAP = 2.2  # seconds; see core.robots
HOST = "site.example.org"

EDITION = """
import datetime
from projects.enrolment.models import Edition, Meeting
edition = Edition.objects.create(slug="{slug}", label="Sera", status="published", places={places})
for week in range(10):
    day = datetime.date.today() + datetime.timedelta(days=60 + 7 * week)
    Meeting.objects.create(edition=edition, date=day, starts_at=datetime.time(18), ends_at=datetime.time(20))
print(edition.pk)
"""

OUTCOME = """
import json
from foundation_site.core.mail.models import Letter
from projects.enrolment.models import Edition, Enrolment
from projects.enrolment.queries import with_places
edition = with_places(Edition.objects.filter(slug="{slug}")).get()
letters = Letter.objects.filter(about__in=["enrolment.enrolment:" + str(one.pk) for one in edition.enrolments.all()])
print(json.dumps([edition.taken, edition.waiting, letters.count()]))
"""


@dataclass
class Site:
    """A served site with a database of its own."""

    port: int
    environment: dict[str, str]

    def shell(self, script: str) -> str:
        return run("manage.py", "shell", "--verbosity", "0", "--command", script, environment=self.environment)

    def new_edition(self) -> tuple[str, int]:
        slug = f"bench-{secrets.token_hex(4)}"
        return slug, int(self.shell(EDITION.format(slug=slug, places=PLACES)).split()[-1])


def run(*command: str, environment: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-3000:])
    return done.stdout


@contextmanager
def served(database_url: str, folder: Path) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "ALLOWED_HOSTS": HOST,
        "BASE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "true",
        "DATABASE_URL": database_url,
        "DATA_DIR": str(folder),
        "DEFAULT_FROM_EMAIL": "noreply@example.org",
        "DJANGO_SETTINGS_MODULE": "foundation_site.settings.production",
        "EMAIL_URL": "smtp://localhost:25",
        "PRIVATE_FILES_KEY": b64encode(os.urandom(32)).decode(),
        "SECRET_KEY": secrets.token_urlsafe(50),
    }
    run("manage.py", "migrate", "--verbosity", "0", environment=environment)
    run("manage.py", "collectstatic", "--no-input", "--verbosity", "0", environment=environment)
    run("manage.py", "set_up_site", "--name", "Fondazione", "--city", "Reggio Emilia", environment=environment)
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("gunicorn")), "served:application", "--pythonpath", f"{ROOT},{ROOT}/tests/bench",
         "--bind", f"127.0.0.1:{port}", "--threads", str(THREADS), "--log-level", "warning"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        yield Site(port, environment)
    finally:
        server.terminate()
        server.wait(30)


# Clients

addresses = (f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}" for number in count(1))


async def exchange(port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    answer = await reader.read()
    writer.close()
    return answer


def http(method: str, path: str, *, address: str, cookie: str = "", body: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https", f"X-Forwarded-For: {address}", "Connection: close"]  # fmt: skip
    if method == "POST":
        lines += [f"Origin: https://{HOST}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]  # fmt: skip
    if cookie:
        lines.append(f"Cookie: {cookie}")
    return "\r\n".join([*lines, "", body]).encode()


async def filled_forms(port: int, slug: str, *, each: int) -> list[bytes]:
    """Open the form and fill it in, `each` times with another person; what is to be sent."""
    path, address = f"/it/enrol/{slug}/", next(addresses)
    page = (await exchange(port, http("GET", path, address=address))).decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', page))
    cookie = re.search(r"Set-Cookie:\s*(csrftoken=\w+)", page, re.IGNORECASE)
    assert cookie, page[:500]
    forms = []
    for _person in range(each):
        who = "".join(secrets.choice("abcdefghijklmnopqrstuvwxyz") for _letter in range(10))
        values = {**hidden, "name": f"Persona {who}", "email": f"{who}@example.org", "language": "it", "homepage": ""}
        values["request_key"] = str(uuid.uuid4())
        forms.append(http("POST", path, address=address, cookie=cookie[1], body=urlencode(values)))
    return forms


async def opened_by_all(port: int, slug: str, *, each: int = 1) -> list[list[bytes]]:
    """The forms of each client, old enough to be sent."""
    forms = []
    for start in range(0, CLIENTS, THREADS):
        some = range(start, min(start + THREADS, CLIENTS))
        forms += await asyncio.gather(*(filled_forms(port, slug, each=each) for _client in some))
    await asyncio.sleep(TIME_TRAP)
    return forms


async def send(port: int, requests: list[list[bytes]], expected: bytes) -> tuple[float, list[float]]:
    """All clients at once, each its requests one after the other: the seconds for all, and for each."""
    waited: list[float] = []

    async def client(mine: list[bytes]) -> None:
        for request in mine:
            began = time.perf_counter()
            answer = await exchange(port, request)
            waited.append(time.perf_counter() - began)
            assert expected in answer, answer[:2000].decode()

    began = time.perf_counter()
    await asyncio.gather(*(client(mine) for mine in requests))
    return time.perf_counter() - began, waited


# What is measured

ANSWERED, OK = b"/it/enrol/request/", b"200 OK"


def measure(site: Site) -> dict[str, tuple[float, float, float]]:
    """Sign-ups a second, median and 99th percentile of the wait in milliseconds, of each view."""
    seen: dict[str, list[tuple[float, float, float]]] = {"bare view": [], "full view": []}
    for _round in range(ROUNDS):
        slug, edition = site.new_edition()
        plain = [
            [http("POST", f"/bare/{edition}/", address=next(addresses))] * FORMS_EACH for _client in range(CLIENTS)
        ]
        seen["bare view"].append(rates(*asyncio.run(send(site.port, plain, OK))))
        slug, edition = site.new_edition()
        forms = asyncio.run(opened_by_all(site.port, slug, each=FORMS_EACH))
        seen["full view"].append(rates(*asyncio.run(send(site.port, forms, ANSWERED))))
        check(site, slug, CLIENTS * FORMS_EACH)
    return {view: tuple(statistics.median(each) for each in zip(*rounds, strict=True)) for view, rounds in seen.items()}


def rates(seconds: float, waited: list[float]) -> tuple[float, float, float]:
    return len(waited) / seconds, statistics.median(waited) * 1000, statistics.quantiles(waited, n=100)[98] * 1000


def rush(site: Site) -> float:
    """200 people on 20 places: seconds until all are answered; the median of the rounds."""
    seconds = []
    for _round in range(ROUNDS):
        slug, _edition = site.new_edition()
        forms = asyncio.run(opened_by_all(site.port, slug))
        seconds.append(asyncio.run(send(site.port, forms, ANSWERED))[0])
        check(site, slug, CLIENTS)
    return statistics.median(seconds)


def check(site: Site, slug: str, asked: int) -> None:
    outcome = json.loads(site.shell(OUTCOME.format(slug=slug)).splitlines()[-1])
    assert outcome == [PLACES, asked - PLACES, asked], outcome


def report(name: str, database_url: str) -> None:
    with tempfile.TemporaryDirectory() as folder, served(database_url.format(folder=folder), Path(folder)) as site:
        asyncio.run(opened_by_all(site.port, site.new_edition()[0]))  # so that the server is awake
        seconds, views = rush(site), measure(site)
    print(f"\n{name}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"  {CLIENTS} people on {PLACES} places: all answered in {seconds:.2f} s")
    for view, (rate, median, worst) in views.items():
        print(f"  {view}: {rate:6.1f} sign-ups/s, median {median:5.0f} ms, 99 % within {worst:5.0f} ms")
    print(f"  full view / bare view: {views['full view'][0] / views['bare view'][0]:.0%}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", nargs="?", choices=["sqlite", "postgres"], help="both, if none is named")
    chosen = parser.parse_args().database
    if chosen != "postgres":
        report("SQLite", "sqlite:///{folder}/db.sqlite3")
    if chosen != "sqlite":
        os.environ.setdefault("DATABASE_URL", "postgres:///postgres")
        with postgres_database() as url:
            report("PostgreSQL", url)


if __name__ == "__main__":
    main()
