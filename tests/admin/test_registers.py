"""The lists and forms of every register open for who may, and the lists cost the same however long they are."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from associations.membership.models import Association, Membership
from associations.places.models import City, CityName, Network, NetworkMembership
from foundation_site.users.models import User
from home.models import HomePage
from projects.agreements.models import Agreement
from projects.funding.models import Grant, Programme
from projects.models import AgreementIndexPage, AgreementPage, ProjectIndexPage, ProjectPage


@pytest.fixture
def needed(home: HomePage, publish) -> dict[str, Any]:
    """A row of each register that others count on. Wagtail's own index of references does not know: rows made in bulk are not in it."""
    city = City.objects.create(slug="tanger", name="Tanger", country="MA")
    network = Network.objects.create(slug="icc", name="Intercultural Cities")
    NetworkMembership.objects.bulk_create([NetworkMembership(network=network, city=city, seen_on=date(2017, 10, 11))])
    agreement = Agreement.objects.create(slug="fortworth", kind="twinning", partner="Fort Worth", country="US")
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))
    publish(index, AgreementPage(title="Fort Worth", slug="fort-worth", agreement=agreement))
    programme = Programme.objects.create(slug="rec", name="REC")
    grant = Grant.objects.create(slug="itaca", acronym="ITACA", title="T", programme=programme)
    projects = publish(home, ProjectIndexPage(title="Progetti", slug="progetti"))
    publish(projects, ProjectPage(title="ITACA", slug="itaca", grant=grant))
    association = Association.objects.create(slug="vele", name="Vele", legal_form="aps")
    Membership.objects.create(association=association, number=1, since=date(2014, 3, 1))
    ReferenceIndex.objects.all().delete()
    return {
        "city": city,
        "network": network,
        "agreement": agreement,
        "grant": grant,
        "programme": programme,
        "association": association,
    }


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


@pytest.mark.parametrize("name", ["city", "network", "agreement", "grant", "programme", "association"])
def test_what_others_count_on_stays_and_the_desk_is_told(client: Client, superuser: User, home, needed, name: str):
    client.force_login(superuser)

    response = client.post(reverse(f"{name}:delete", args=[needed[name].pk]), follow=True)

    assert "Questa voce è in uso" in response.content.decode()
    assert type(needed[name]).objects.filter(pk=needed[name].pk).exists()


def test_a_city_is_in_a_network_once_at_a_time(needed):
    again = NetworkMembership(network=needed["network"], city=needed["city"], seen_on=date(2026, 1, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()

    NetworkMembership.objects.update(until=date(2025, 12, 31))
    again.save()
