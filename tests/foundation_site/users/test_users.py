from django.test import Client

from foundation_site.users.models import User


def test_account_made_with_capitals_in_its_address_can_sign_in(client: Client, home, superuser):
    client.force_login(superuser)
    password = "una-lunga-parola-9"
    client.post(
        "/admin/users/new/",
        {
            "email": "Anna@Example.ORG", "first_name": "Anna", "last_name": "B", "is_active": "on",
            "password1": password, "password2": password,
        },
    )  # fmt: skip
    assert User.objects.filter(email="anna@example.org").exists()

    signed_in = Client().post("/it/account/login/", {"login": "ANNA@example.org", "password": password})

    assert (signed_in.status_code, signed_in["Location"]) == (302, "/admin/")


def test_second_account_of_an_address_is_refused_however_it_is_written(client: Client, home, superuser):
    client.force_login(superuser)
    password = "una-lunga-parola-9"

    response = client.post(
        "/admin/users/new/",
        {
            "email": superuser.email.upper(), "first_name": "A", "last_name": "B", "is_active": "on",
            "password1": password, "password2": password,
        },
    )  # fmt: skip

    assert list(response.context["form"].errors) == ["email"]
