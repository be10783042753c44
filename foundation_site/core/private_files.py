"""Papers that people entrust to us: encrypted at rest, outside the media folder, read only through a view that asks and logs."""

import base64
import hashlib
import os
import uuid
from typing import Any

import filetype
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from .errors import RuleViolation

ACCEPTED_TYPES = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
MAX_BYTES = 10 * 1024 * 1024
NONCE_BYTES = 12


class PrivateFileManager(models.Manager["PrivateFile"]):
    def keep(self, upload: UploadedFile, *, purpose: str) -> "PrivateFile":
        """Check what was sent, by its content, and store it encrypted.

        Raises RuleViolation with a sentence for the sender when the file is empty, too large or of another type.
        """
        content = checked(upload)
        file = self.model(
            name=os.path.basename(upload.name or "")[-150:],
            content_type=filetype.guess_mime(content),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            purpose=purpose,
        )
        nonce = os.urandom(NONCE_BYTES)
        file.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(file.path, "xb", opener=private_opener) as out:
            out.write(nonce + cipher().encrypt(nonce, content, file.id.bytes))
            out.flush()
            os.fsync(out.fileno())
        file.save(force_insert=True)
        return file


class PrivateFile(models.Model):
    """A private upload. The row says what it is; the content lies encrypted under a name that says nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name of the file"), max_length=150)
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
    def path(self) -> Any:
        return settings.PRIVATE_ROOT / self.id.hex[:2] / self.id.hex

    def read(self) -> bytes:
        """The content. The identifier is bound into the cipher: a file put in another's place does not open."""
        sealed = self.path.read_bytes()
        return cipher().decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], self.id.bytes)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self.path.unlink(missing_ok=True)
        return super().delete(*args, **kwargs)


def serve_private(file: PrivateFile, *, about: models.Model, user: Any) -> HttpResponse:
    """Hand the file over as a download and log who read it, on the record that it belongs to.

    The caller has asked whether this user may.
    """
    log(instance=about, action="core.private_file_read", user=user, data={"file": file.name})
    response = HttpResponse(file.read(), content_type=file.content_type)
    response["Content-Disposition"] = (
        f'attachment; filename="{file.id.hex[:8]}.{filetype.guess_extension(file.read())}"'
    )
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def checked(upload: UploadedFile) -> bytes:
    if (upload.size or 0) > MAX_BYTES:
        raise RuleViolation(_("This file is too large: at most 10 MB. Scan it in black and white or send fewer pages."))
    content = upload.read()
    if not content:
        raise RuleViolation(_("This file is empty. Choose it again."))
    if filetype.guess_mime(content) not in ACCEPTED_TYPES:
        raise RuleViolation(
            _(
                "This is not a PDF, a JPEG or a PNG, whatever its name says. Save the paper as PDF, or take a photo of it."
            )
        )
    return content


def cipher() -> AESGCM:
    return AESGCM(base64.b64decode(settings.PRIVATE_FILES_KEY))


def private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
