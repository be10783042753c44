"""The letters of the membership desk, each in the language in which the application was written."""

from typing import Any

from foundation_site.core.mail.letters import write_letter

from .links import address_of
from .models import Application, Membership


def draft_link(application: Application) -> None:
    write(application, "draft_link")


def received(application: Application) -> None:
    write(application, "received")


def completion_asked(application: Application) -> None:
    write(application, "completion_asked", missing=application.missing)


def admitted(application: Application, membership: Membership) -> None:
    write(application, "admitted", membership=membership)


def refused(application: Application) -> None:
    write(application, "refused", reason=application.reason)


def withdrawn(application: Application) -> None:
    write(application, "withdrawn")


def write(application: Application, name: str, **context: Any) -> None:
    write_letter(
        f"membership/mail/{name}",
        to=application.contact_email,
        language=application.language,
        about=application,
        context={"application": application, "link": address_of(application), **context},
    )
