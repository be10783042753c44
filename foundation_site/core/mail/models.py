import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Letter(models.Model):
    """A letter to one person, written in the transaction that caused it and sent soon after by the worker.

    Kept as it was sent. Its identifier is its Message-ID, so a second try after an unclear answer is known as the same letter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.CharField(max_length=100)
    language = models.CharField(_("language"), max_length=10)
    recipient = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField()
    attachments = models.JSONField(default=list, help_text="[name, type, text] of each")
    created_at = models.DateTimeField(_("written"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject
