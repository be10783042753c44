import io
import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import override
from PIL import Image
from wagtail.models import ModelLogEntry

from foundation_site.core import private_files
from foundation_site.core.errors import RuleViolation
from foundation_site.core.private_files import PrivateFile, serve_private
from foundation_site.users.models import User

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
CANARY = b"CANARY-7f3e-Fatoumata-Diallo"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


def keep(name: str = "statuto.pdf", content: bytes = PDF) -> PrivateFile:
    return PrivateFile.objects.keep(SimpleUploadedFile(name, content), purpose="test")


def picture(kind: str = "JPEG", **save: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, kind, **save)
    return out.getvalue()


def everything(root: Path) -> bytes:
    return b"".join(path.read_bytes() + path.name.encode() for path in root.rglob("*") if path.is_file())


# What is taken, and what is not


@pytest.mark.parametrize(
    ("name", "content", "kept_as"),
    [
        pytest.param("statuto.pdf", PDF, "application/pdf", id="a PDF"),
        pytest.param("statuto.pdf", PDF + b"\n\n", "application/pdf", id="a PDF with empty lines at its end"),
        pytest.param("photo.jpg", picture("JPEG"), "image/jpeg", id="a JPEG"),
        pytest.param("photo.PNG", picture("PNG"), "image/png", id="a PNG"),
        pytest.param("statuto", PDF, "application/pdf", id="a PDF without an extension"),
        pytest.param("statuto.exe", PDF, "application/pdf", id="a PDF with a wrong extension"),
    ],
)
def test_papers_are_taken_by_what_they_are(name: str, content: bytes, kept_as: str) -> None:
    file = keep(name, content)

    assert (file.name, file.content_type) == (name, kept_as)
    assert file.size == len(file.read())


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        pytest.param("statuto.pdf", b"MZ\x90\x00" + b"\0" * 200, "This is not a PDF, a JPEG or a PNG", id="an executable named .pdf"),
        pytest.param("statuto.pdf", b"", "This file is empty", id="empty"),
        pytest.param("statuto.pdf", PDF + b"\0" * (11 * 1024 * 1024), "This file is too large", id="11 MB"),
        pytest.param("logo.svg", SVG, "This is not a PDF, a JPEG or a PNG", id="an SVG with a script"),
        pytest.param("logo.png", SVG, "This is not a PDF, a JPEG or a PNG", id="an SVG named .png"),
        pytest.param("page.pdf", b"<html><script>alert(1)</script>", "This is not a PDF, a JPEG or a PNG", id="a web page"),
        pytest.param("all.pdf", b"PK\x03\x04" + b"\0" * 100, "This is not a PDF, a JPEG or a PNG", id="an archive"),
        pytest.param("statuto.pdf", PDF[:40], "This PDF is damaged or incomplete", id="a PDF cut off on the way"),
        pytest.param("statuto.pdf", b"%PDF-1.4\n" + b"x" * 5000, "This PDF is damaged or incomplete", id="only the head of a PDF"),
        pytest.param("photo.jpg", picture("JPEG")[:300], "This picture is damaged or incomplete", id="a photo cut off"),
        pytest.param("photo.png", picture("PNG")[:60], "This picture is damaged or incomplete", id="a PNG cut off"),
    ],
)  # fmt: skip
def test_what_is_no_paper_is_refused_with_a_sentence(root: Path, name: str, content: bytes, sentence: str) -> None:
    with override("en"):
        with pytest.raises(RuleViolation) as raised:
            keep(name, content)

        assert str(raised.value).startswith(sentence)
    assert PrivateFile.objects.count() == 0
    assert everything(root) == b""


def test_a_picture_with_too_many_pixels_is_refused(settings: Any) -> None:
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000

    with override("en"), pytest.raises(RuleViolation, match="too many pixels"):
        keep("photo.png", picture("PNG"))


def test_a_picture_bomb_is_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert len(out.getvalue()) < 100_000

    with override("en"), pytest.raises(RuleViolation, match="too many pixels"):
        keep("photo.png", out.getvalue())


def test_a_picture_is_drawn_anew() -> None:
    exif = Image.Exif()
    exif[0x010E] = CANARY.decode()
    content = picture("JPEG", exif=exif) + b"PK\x03\x04" + CANARY

    kept = keep("photo.jpg", content).read()

    assert CANARY in content
    assert CANARY not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (60, 40)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/statuto.pdf", "statuto.pdf"),
        ("C:\\papers\\statuto.pdf", "statuto.pdf"),
        ("sta\u202efdp.exe", "stafdp.exe"),
        ("a\r\nb\0.pdf", "ab.pdf"),
        ("نظام.pdf", "نظام.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_names_are_only_words(name: str, kept_as: str) -> None:
    assert private_files.readable_name(name) == kept_as


# How it lies on the disk


def test_nothing_of_the_content_can_be_read_on_the_disk(root: Path) -> None:
    file = keep("Fatoumata-Diallo.pdf", PDF + CANARY + PDF)

    stored = everything(root)

    assert CANARY in file.read()
    assert stored != b""
    for secret in (CANARY, b"%PDF", b"Fatoumata", b"statuto", b".pdf"):
        assert secret not in stored
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700


def test_the_same_content_twice_looks_different() -> None:
    assert keep().path.read_bytes() != keep().path.read_bytes()


def test_a_file_put_in_anothers_place_does_not_open() -> None:
    mine, theirs = keep(), keep(content=PDF + CANARY)

    mine.path.write_bytes(theirs.path.read_bytes())

    with pytest.raises(InvalidTag):
        mine.read()


def test_a_changed_file_does_not_open() -> None:
    file = keep()
    sealed = bytearray(file.path.read_bytes())
    sealed[-1] ^= 1
    file.path.write_bytes(sealed)

    with pytest.raises(InvalidTag):
        file.read()


def test_another_key_does_not_open_it(settings: Any) -> None:
    file = keep()
    settings.PRIVATE_FILES_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="

    with pytest.raises(InvalidTag):
        file.read()


def test_a_full_disk_says_so_and_leaves_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with override("en"), pytest.raises(RuleViolation, match="We cannot store files just now"):
        keep()

    assert PrivateFile.objects.count() == 0
    assert everything(root) == b""


# How it goes


def test_the_content_goes_when_the_row_is_gone_for_sure(django_capture_on_commit_callbacks: Any) -> None:
    file, other = keep(), keep()
    path = file.path

    with django_capture_on_commit_callbacks() as callbacks:
        file.delete()
    assert path.exists()
    for callback in callbacks:
        callback()

    assert not path.exists()
    assert other.path.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_is_taken_back_keeps_the_content() -> None:
    file = keep()

    with transaction.atomic():
        PrivateFile.objects.filter(pk=file.pk).delete()
        transaction.set_rollback(True)

    assert PrivateFile.objects.get().read() == PDF


def test_sweep_takes_only_old_contents_without_a_row(root: Path) -> None:
    kept, orphan, young = keep(), keep(), keep(content=PDF + b"young")
    now = timezone.now()
    for file in (kept, orphan):
        old = (now - timedelta(days=2)).timestamp()
        os.utime(file.path, (old, old))
    PrivateFile.objects.filter(pk__in=[orphan.pk, young.pk])._raw_delete("default")

    assert PrivateFile.objects.sweep(now=now) == 1
    assert [file.path.exists() for file in (kept, orphan, young)] == [True, False, True]


# How it is handed over


def test_serving_hands_over_a_download_and_writes_who_read_it(superuser: User) -> None:
    file = keep("Fatoumata Diallo.pdf")

    response = serve_private(file, about=superuser, what="statute", user=superuser)

    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{file.id.hex[:8]}.pdf"'
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    entry = ModelLogEntry.objects.get(action="core.private_file_read")
    assert (entry.user, entry.object_id, entry.data) == (superuser, str(superuser.pk), {"what": "statute"})


@pytest.mark.parametrize("accident", ["gone", "changed"])
def test_a_file_that_does_not_open_is_not_found(superuser: User, accident: str) -> None:
    file = keep()
    if accident == "gone":
        file.path.unlink()
    else:
        file.path.write_bytes(b"something else, and long enough to be sealed")

    with pytest.raises(Http404):
        serve_private(file, about=superuser, what="statute", user=superuser)

    assert not ModelLogEntry.objects.filter(action="core.private_file_read").exists()
