import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

KEPT = timedelta(days=90)


def record_key(record: models.Model) -> str:
    """How a letter names the record that it is about; a record that goes takes its letters along."""
    return f"{record._meta.label_lower}:{record.pk}"


class LetterManager(models.Manager["Letter"]):
    def about(self, record: models.Model) -> models.QuerySet["Letter"]:
        return self.filter(about=record_key(record))

    def forget(self, *, now: datetime) -> int:
        """Letters hold names and keys: they are kept as long as somebody may ask what became of one. Returns how many went."""
        old = self.filter(created_at__lt=now - KEPT)
        return old.delete()[0]


class Letter(models.Model):
    """A letter to one person, written in the transaction that caused it and sent soon after by the worker.

    Kept as it was sent. Its identifier is its Message-ID, so a second try after an unclear answer is known as the same letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=100)
    language = models.CharField(_("language"), max_length=10)
    recipient = models.EmailField(_("to"))
    about = models.CharField(max_length=80, blank=True, db_index=True, help_text="the record, as app.model:key")
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField()
    attachments = models.JSONField(default=list, help_text="[name, type, text] of each")
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    objects = LetterManager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject
