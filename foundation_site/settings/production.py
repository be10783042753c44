"""Online: behind a proxy that ends TLS. Nothing insecure unless the environment says so on purpose."""

from django.core.exceptions import ImproperlyConfigured

from .base import *

# What has a default elsewhere and must be said here: without one of these the site does not start.
REQUIRED = ("ALLOWED_HOSTS", "BASE_URL", "DATABASE_URL", "DATA_DIR", "DEFAULT_FROM_EMAIL", "EMAIL_URL", "PRIVATE_FILES_KEY", "SECRET_KEY")  # fmt: skip
if missing := [name for name in REQUIRED if not env.str(name, default="")]:
    raise ImproperlyConfigured(f"Set in the environment: {', '.join(missing)} (see README, Putting it online).")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=True)
# Trust the proxy's headers only where the operator says that one proxy sets X-Forwarded-Proto and appends to X-Forwarded-For.
# Without the second all visitors would share the proxy's address, and with it one count of tries.
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = 1
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
