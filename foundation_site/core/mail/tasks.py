import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from .models import Letter

logger = logging.getLogger(__name__)

LAST_ATTEMPT = 20


@task(backend="background")
def deliver(letter_id: str) -> None:
    """Send one letter; if the mail server does not take it, try again later, ever more slowly, for about four days.

    No transaction is open while the mail server thinks: on SQLite it would keep everybody else from writing. A worker
    killed between sending and noting it sends twice, with the same Message-ID.
    """
    letter = Letter.objects.get(pk=letter_id)
    if letter.sent_at:
        return
    letter.attempts += 1
    try:
        message(letter).send()
    except (OSError, SMTPException) as error:
        letter.last_error = str(error)[:300]
    else:
        letter.sent_at = timezone.now()
        letter.last_error = ""
    with transaction.atomic():
        letter.save(update_fields=["attempts", "last_error", "sent_at"])
        if not letter.sent_at and letter.attempts < LAST_ATTEMPT:
            wait = timedelta(minutes=min(2**letter.attempts, 360))
            deliver.using(run_after=timezone.now() + wait).enqueue(letter_id)
    if not letter.sent_at and letter.attempts >= LAST_ATTEMPT:
        logger.error("Letter %s was given up after %s attempts", letter.pk, letter.attempts)


def message(letter: Letter) -> EmailMultiAlternatives:
    domain = settings.WAGTAILADMIN_BASE_URL.split("//")[-1].split(":")[0].split("/")[0]
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.recipient],
        headers={
            "Message-ID": f"<{letter.pk}@{domain}>",
            "Content-Language": letter.language,
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    for name, content_type, text in letter.attachments:
        mail.attach(name, text, content_type)
    return mail
