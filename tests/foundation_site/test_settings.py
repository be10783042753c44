"""Online, what is missing stops the start."""

import os
import subprocess
import sys

import pytest

COMPLETE = {
    "ALLOWED_HOSTS": "fondazione.example",
    "BASE_URL": "https://fondazione.example",
    "DATABASE_URL": "postgres:///fondazione",
    "DATA_DIR": "/srv/fondazione",
    "DEFAULT_FROM_EMAIL": "Fondazione <info@fondazione.example>",
    "DJANGO_SETTINGS_MODULE": "foundation_site.settings.production",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "PRIVATE_FILES_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "SECRET_KEY": "jd83jd93hf7vmw0s8dhf74hf9dk3md9fh47fhs93ld0fmvn47fhsl20dkf",
}


def check_deploy(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_complete_environment_is_silent():
    done = check_deploy(COMPLETE)

    assert (done.returncode, done.stdout, done.stderr) == (0, "System check identified no issues (1 silenced).\n", "")


@pytest.mark.parametrize("name", sorted(COMPLETE.keys() - {"DJANGO_SETTINGS_MODULE"}))
def test_what_is_missing_is_named(name: str):
    done = check_deploy({key: value for key, value in COMPLETE.items() if key != name})

    assert done.returncode != 0
    assert name in done.stderr
