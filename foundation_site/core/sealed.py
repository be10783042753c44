"""Short texts that must not be read in the database or in a backup; the key is that of the private files."""

import base64
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


def cipher() -> AESGCM:
    return AESGCM(base64.b64decode(settings.PRIVATE_FILES_KEY))


def seal(text: str, *, bound_to: str) -> str:
    """Encrypt a text. `bound_to` names its place: sealed for one record, it does not open in another."""
    nonce = os.urandom(NONCE_BYTES)
    return base64.b64encode(nonce + cipher().encrypt(nonce, text.encode(), bound_to.encode())).decode()


def unseal(sealed: str, *, bound_to: str) -> str:
    """The text again. Raises cryptography.exceptions.InvalidTag where it was changed or moved."""
    content = base64.b64decode(sealed)
    return cipher().decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], bound_to.encode()).decode()
