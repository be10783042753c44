"""For the developer's own machine: tracebacks, mails on the console, nothing to set."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-development")
os.environ.setdefault("PRIVATE_FILES_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
os.environ.setdefault("BASE_URL", "http://localhost:8000")

from .base import *

DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
