"""The demonstration's mailbox: what would have been sent. Not in the addresses of a site that is online."""

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ..languages import language


def letters(request: HttpRequest) -> HttpResponse:
    """The hundred newest letters of the folder."""
    return render(request, "mail/demo_letters.html", {"letters": [summary(mail) for mail in newest(100)]})


def letter(request: HttpRequest, pk: Any) -> HttpResponse:
    for mail in newest(1000):
        if identifier(mail) == str(pk):
            body = mail.get_body(("plain",))
            text = body.get_content() if body else ""
            attachments = [(part.get_filename(), part.get_content_type()) for part in mail.iter_attachments()]
            return render(
                request,
                "mail/demo_letter.html",
                {"letter": {**summary(mail), "text": text, "attachments": attachments}},
            )
    raise Http404


def newest(count: int) -> list[EmailMessage]:
    folder = Path(settings.DEMO_MAIL_DIR)
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime, reverse=True) if folder.exists() else []
    mails = []
    for file in files[:count]:
        raw = file.read_bytes().rsplit(b"\n" + b"-" * 79, 1)[0]
        mails.append(BytesParser(policy=policy.default).parsebytes(raw))
    return mails


def identifier(mail: EmailMessage) -> str:
    return str(mail["Message-ID"]).strip("<>").split("@")[0]


def summary(mail: EmailMessage) -> dict[str, Any]:
    return {
        "id": identifier(mail),
        "subject": mail["Subject"],
        "to": mail["To"],
        "date": mail["Date"].datetime,
        "language": language(mail["Content-Language"] or "it"),
    }
