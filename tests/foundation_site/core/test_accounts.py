"""Signing in: throttled, by e-mail, and silent about who has an account."""

import pytest
from django.test import Client

from foundation_site.core.mail.models import Letter
from foundation_site.users.models import User


def test_wagtails_own_sign_in_leads_to_ours(client: Client, home):
    response = client.get("/admin/login/?next=/admin/")

    assert response.status_code == 302
    assert response["Location"].endswith("/account/login/?next=/admin/")


def test_sixth_guess_is_stopped(client: Client, home):
    User.objects.create_user("bruna@example.org", "a-long-password-for-tests")
    for _guess in range(5):
        client.post("/it/account/login/", {"login": "bruna@example.org", "password": "wrong"})

    response = client.post(
        "/it/account/login/", {"login": "bruna@example.org", "password": "a-long-password-for-tests"}
    )

    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 429)


@pytest.mark.parametrize(
    ("address", "templates"),
    [("bruna@example.org", ["account/email/password_reset_key"]), ("nobody@example.org", [])],
    ids=["known", "unknown"],
)
def test_new_password_is_queued_and_the_answer_is_the_same(client: Client, home, address: str, templates: list[str]):
    User.objects.create_user("bruna@example.org", "a-long-password-for-tests", language="fr")

    response = client.post("/it/account/password/reset/", {"email": address})

    assert response["Location"].endswith("/it/account/password/reset/sent/")
    assert [letter.template for letter in Letter.objects.all()] == templates


def test_nobody_signs_up(client: Client, home):
    assert client.get("/it/account/signup/").status_code == 404
