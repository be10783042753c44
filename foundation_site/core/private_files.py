"""Papers that people entrust to us: encrypted at rest, outside the media folder, read only through a view that asks and logs."""

import hashlib
import io
import logging
import os
import unicodedata
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import filetype
from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.log_actions import log

from .errors import RuleViolation
from .pictures import redrawn
from .sealed import NONCE_BYTES, cipher

logger = logging.getLogger(__name__)

EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
MAX_BYTES = 10 * 1024 * 1024
NAME_LENGTH = 150
ORPHANED_AFTER = timedelta(days=1)


class PrivateFileManager(models.Manager["PrivateFile"]):
    def keep(self, upload: UploadedFile, *, purpose: str) -> "PrivateFile":
        """Check what was sent, by its content, and store it encrypted.

        Raises RuleViolation with a sentence for the sender when the file is empty, too large, damaged or of another type.
        When the caller's transaction is rolled back, the row goes and the sealed content stays until it is swept.
        """
        content, content_type = checked(upload)
        file = self.model(
            name=readable_name(upload.name or ""),
            content_type=content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            purpose=purpose,
        )
        nonce = os.urandom(NONCE_BYTES)
        try:
            write(file.path, nonce + cipher().encrypt(nonce, content, file.id.bytes))
        except OSError as error:
            logger.exception("A private file could not be written")
            raise RuleViolation(_("We cannot store files just now. Nothing is lost: try again in an hour.")) from error
        file.save(force_insert=True)
        return file

    def sweep(self, *, now: datetime) -> int:
        """Delete contents that no row names: what a rolled-back transaction or a crash left behind. Returns how many."""
        swept = 0
        for path in Path(settings.PRIVATE_ROOT).glob("??/" + "[0-9a-f]" * 32):
            old = path.stat().st_mtime < (now - ORPHANED_AFTER).timestamp()
            if old and not self.filter(pk=uuid.UUID(hex=path.name)).exists():
                path.unlink(missing_ok=True)
                swept += 1
        return swept


class PrivateFile(models.Model):
    """A private upload. The row says what it is; the content lies encrypted under a name that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the file"), max_length=NAME_LENGTH)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PrivateFileManager()

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.PRIVATE_ROOT) / self.id.hex[:2] / self.id.hex

    def read(self) -> bytes:
        """The content. The identifier is bound into the cipher: a file put in another's place does not open."""
        sealed = self.path.read_bytes()
        return cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self.id.bytes)


@receiver(post_delete, sender=PrivateFile)
def delete_content(instance: PrivateFile, **_kwargs: Any) -> None:
    """The content goes with its row, and not before it is certain that the row goes."""
    path = instance.path
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def serve_private(file: PrivateFile, *, about: models.Model, what: str, user: Any) -> HttpResponse:
    """Hand the file over as a download and log who read what (`what`: the kind of paper; a sender's file name may
    name people and the log outlives the paper), on the record that it belongs to.

    The caller has asked whether this user may. A file that does not open, because somebody moved or changed it, is not found.
    """
    try:
        content = file.read()
    except (OSError, InvalidTag) as error:
        logger.exception("Private file %s does not open", file.pk)
        raise Http404 from error
    reader = user if user and user.is_authenticated else None
    log(instance=about, action="core.private_file_read", user=reader, data={"what": what})
    response = HttpResponse(content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.id.hex[:8]}.{EXTENSIONS[file.content_type]}"'
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def readable_name(name: str) -> str:
    """The sender's name for the file, without folders and without signs that would reorder or break a line."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")[-NAME_LENGTH:] or "–"


def checked(upload: UploadedFile) -> tuple[bytes, str]:
    """What we keep of an upload, and of which type it really is. A picture is drawn anew: where it was taken, and whatever
    else hides in it, stays outside."""
    if (upload.size or 0) > MAX_BYTES:
        raise RuleViolation(_("This file is too large: at most 10 MB. Scan it in black and white or send fewer pages."))
    content = upload.read()
    if not content:
        raise RuleViolation(_("This file is empty. Choose it again."))
    content_type = filetype.guess_mime(content)
    if content_type not in EXTENSIONS:
        raise RuleViolation(
            _(
                "This is not a PDF, a JPEG or a PNG, whatever its name says. Save the paper as PDF, or take a photo of it."
            )
        )
    if content_type == "application/pdf":
        whole(content)
        return content, content_type
    content, kind = redrawn(io.BytesIO(content))
    return content, Image.MIME[kind]


def whole(content: bytes) -> None:
    """A PDF ends with the place of its table and a mark; one that was cut off on the way does not."""
    if not content.startswith(b"%PDF-") or b"startxref" not in content or b"%%EOF" not in content[-2048:]:
        raise RuleViolation(_("This PDF is damaged or incomplete. Save it again, or take a photo of the pages."))


def write(path: Path, sealed: bytes) -> None:
    """On the disk before we say so; nothing is left of a file that did not fit."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with open(path, "xb", opener=private_opener) as out:
            out.write(sealed)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
