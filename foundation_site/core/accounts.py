from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from .mail.letters import write_letter


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by staff; letters about them go through the same queue as all others.

    A queued letter also keeps the time of the answer from telling whether an account exists.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context.get("user")
        language = getattr(user, "language", None) or get_language() or "it"
        with transaction.atomic():
            write_letter(template_prefix, to=email, language=language, context=context)
