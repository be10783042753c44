"""What `make demo` runs: as in production, but on http://localhost, with its own keys and letters in a folder.

The keys are made once and kept in the data folder, so that links and private files outlive a restart.
"""

import base64
import os
import secrets
from pathlib import Path

data_dir = Path(os.environ.get("DATA_DIR", Path(__file__).resolve().parents[2] / "data"))
data_dir.mkdir(parents=True, exist_ok=True)


def kept(name: str, make) -> str:
    file = data_dir / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(make())
    return file.read_text()


os.environ.setdefault("SECRET_KEY", kept("secret-key", lambda: secrets.token_urlsafe(50)))
os.environ.setdefault("PRIVATE_FILES_KEY", kept("private-files-key", lambda: base64.b64encode(os.urandom(32)).decode()))
os.environ.setdefault("BASE_URL", f"http://localhost:{os.environ.get('PORT', '8000')}")

from .base import *

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *ALLOWED_HOSTS]
DEMO = True
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO_MAIL_DIR
DEFAULT_FROM_EMAIL = SERVER_EMAIL = "Fondazione Mondinsieme <info@mondinsieme.example>"
WAGTAIL_SITE_NAME = "Fondazione Mondinsieme"
