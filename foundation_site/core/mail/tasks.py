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
    """Send one letter; if the mail server does not take it, try again later, ever more slowly, for about three days.

    No transaction is open while the mail server thinks: on SQLite it would keep everybody else from writing. The next
    try is booked before this one begins, so that a worker killed on the way loses no letter: at worst it is sent twice,
    with the same Message-ID.
    """
    letter = Letter.objects.filter(pk=letter_id, sent_at=None).first()
    if letter is None or not begin(letter):
        return
    try:
        message(letter).send()
    except (OSError, SMTPException) as error:
        Letter.objects.filter(pk=letter.pk).update(last_error=str(error)[:300])
        if letter.attempts >= LAST_ATTEMPT:
            logger.error("Letter %s was given up after %s attempts", letter.pk, letter.attempts)
    else:
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), last_error="")


def begin(letter: Letter) -> bool:
    """Count this try and book the next, which finds nothing to do if this one succeeds. False where another worker was quicker."""
    with transaction.atomic():
        mine = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
        letter.attempts += 1
        if not mine.update(attempts=letter.attempts):
            return False
        if letter.attempts < LAST_ATTEMPT:
            wait = timedelta(minutes=min(2**letter.attempts, 360))
            deliver.using(run_after=timezone.now() + wait).enqueue(str(letter.pk))
    return True


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
