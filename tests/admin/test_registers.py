"""The lists and forms of every register open for who may, and the lists cost the same however long they are."""

import pytest
from django.test import Client
from django.urls import reverse

from associations.places.models import City, CityName
from foundation_site.users.models import User
from projects.agreements.models import Agreement
from projects.funding.models import Grant

LISTS = ["city", "network", "network_membership", "agreement", "grant", "programme"]


@pytest.mark.parametrize("name", LISTS)
def test_list_and_form_open(client: Client, superuser: User, home, name: str):
    client.force_login(superuser)

    assert client.get(reverse(f"{name}:index")).status_code == 200
    assert client.get(reverse(f"{name}:add")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_who_may_not_is_sent_away(client: Client, home, name: str):
    client.force_login(User.objects.create_user("nobody@example.org", "a-long-password-for-tests"))

    assert client.get(reverse(f"{name}:index")).status_code == 302


def test_found_by_another_spelling(client: Client, superuser: User, home):
    city = City.objects.create(slug="tanger", name="Tanger", country="MA")
    CityName.objects.create(city=city, text="Tangier", alias=True)
    client.force_login(superuser)

    assert "Tanger" in client.get(reverse("city:index"), {"q": "tangier"}).content.decode()


@pytest.mark.parametrize("number", [1, 30], ids=["one", "thirty"])
def test_lists_cost_the_same(client: Client, superuser: User, home, django_assert_max_num_queries, number: int):
    for index in range(number):
        City.objects.create(slug=f"city-{index}", name=f"City {index}", country="IT")
        Agreement.objects.create(slug=f"partner-{index}", kind="twinning", partner=f"Partner {index}", country="IT")
        Grant.objects.create(slug=f"grant-{index}", acronym=f"G{index}", title="Title")
    client.force_login(superuser)

    for name in ("city", "agreement", "grant"):
        with django_assert_max_num_queries(20):
            client.get(reverse(f"{name}:index"))
