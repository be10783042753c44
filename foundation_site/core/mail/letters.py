import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.translation import override

from ..languages import language as language_info
from .models import Letter, record_key
from .tasks import deliver

EMPTY_LINES = re.compile(r"\n\s*\n")


def write_letter(
    template: str,
    *,
    to: str,
    language: str,
    context: Mapping[str, Any],
    about: Model | None = None,
    attachments: Sequence[tuple[str, str, str]] = (),
) -> Letter:
    """Write a letter and queue it, in the caller's transaction: if that rolls back, no letter leaves.

    `about` is the record whose end is the letter's too. `attachments` are (file name, content type, text).
    """
    letter = compose(template, language=language, context=context)
    letter.recipient = to
    letter.about = record_key(about) if about else ""
    letter.attachments = [list(attachment) for attachment in attachments]
    letter.save()
    deliver.enqueue(str(letter.pk))
    return letter


def compose(template: str, *, language: str, context: Mapping[str, Any]) -> Letter:
    """The words of a letter, not yet written to anybody.

    `template` names a text template whose first line is the subject; of several empty lines one is kept. The HTML form is made
    from the same words, so both always say the same.
    """
    with override(language):
        words = render_to_string(
            f"{template}.txt",
            {"base_url": settings.WAGTAILADMIN_BASE_URL, **context, "language": language_info(language)},
        )
        subject, _newline, text = EMPTY_LINES.sub("\n\n", words.strip()).partition("\n")
        text = text.strip() + "\n"
        html = render_to_string(
            "mail/letter.html", {"subject": subject, "text": text, "language": language_info(language)}
        )
    return Letter(template=template, language=language, subject=subject[:250], text=text, html=html)
