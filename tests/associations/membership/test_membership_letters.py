import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from associations.membership.domain.admit import admit
from associations.membership.domain.ask_completion import ask_completion
from associations.membership.domain.refuse import refuse
from associations.membership.models import Application
from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User

Make = Callable[..., Application]


def newest() -> Letter:
    return Letter.objects.order_by("-created_at").first()  # type: ignore[return-value]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_letter_is_in_the_language_of_the_application(
    in_review: Make, officer: User, board: User, language: str
) -> None:
    application = in_review(language=language, name="Vele & “Sud”")
    ask_completion(application, missing="La page 3 <des statuts>.", by=officer, now=timezone.now())
    application.refresh_from_db()
    refuse(application, reason="But lucratif & autre.", by=board, now=timezone.now())
    admit(in_review(language=language, tax_code="91123450354"), by=board, now=timezone.now())

    letters = list(Letter.objects.order_by("created_at"))
    assert {letter.template.split("/")[-1] for letter in letters} == {
        "draft_link",
        "received",
        "completion_asked",
        "refused",
        "admitted",
    }
    for letter in letters:
        assert letter.language == language
        assert letter.recipient == "awa@example.org"
        assert letter.subject
        assert "&amp;" not in letter.text
        assert "&quot;" not in letter.text
        assert f"{settings.WAGTAILADMIN_BASE_URL}/{language}/membership/application/" in letter.text
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in letter.html
    assert "La page 3 <des statuts>." in letters[2].text
    assert "But lucratif & autre." in letters[3].text
    assert "<des statuts>" not in letters[2].html


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_link_in_the_letter_opens_the_application_in_its_language(
    draft: Make, client: Client, language: str
) -> None:
    draft(language=language)

    link = re.search(r"http://testserver(/\S+)", newest().text)

    assert link
    response = client.get(link[1])
    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in response.content.decode()
