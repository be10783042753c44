"""The list of member associations, and what the page of one tells from the register."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from associations.membership.models import Association, Membership
from associations.models import AssociationIndexPage, AssociationPage
from home.models import HomePage


@pytest.fixture
def association(home: HomePage, publish: Callable[..., Any]) -> Callable[..., Association]:
    """An association with its page; a member since 2014, until a day or for good."""
    index = publish(home, AssociationIndexPage(title="Associazioni", slug="associazioni"))

    def make(slug: str, *, until: date | None = None, **values: Any) -> Association:
        made = Association.objects.create(slug=slug, name=slug, legal_form="aps", **values)
        number = Membership.objects.count() + 1
        Membership.objects.create(association=made, number=number, since=date(2014, 3, 1), until=until)
        publish(index, AssociationPage(title=slug, slug=slug, association=made))
        return made

    return make


def test_list_shows_the_members_of_today(client: Client, association: Callable[..., Association]) -> None:
    today = timezone.localdate()
    association("left", until=today - timedelta(days=1))
    association("leaves-today", until=today)
    association("stays")

    response = client.get("/it/associazioni/")

    assert [page.slug for page in response.context["finder"].page.object_list] == ["leaves-today", "stays"]
    assert response.context["finder"].count == 2
    assert client.get("/it/associazioni/left/").status_code == 200


def test_list_says_how_many_members_there_are_and_when(client: Client, association: Callable[..., Association]) -> None:
    association("left", until=date(2020, 1, 1))
    association("stays")
    nobody_wrote_its_page = Association.objects.create(slug="new", name="new", legal_form="aps")
    Membership.objects.create(association=nobody_wrote_its_page, number=9, since=date(2020, 1, 1))

    response = client.get("/en/associazioni/")

    today = date_format(timezone.localdate(), "DATE_FORMAT")
    assert f"2 member associations on {today}" in " ".join(response.content.decode().split())


def test_page_tells_the_phone_for_everybody_and_no_other(
    client: Client, association: Callable[..., Association]
) -> None:
    association("stays", public_phone="+390522000101", phone="+390522000202")

    html = client.get("/it/associazioni/stays/").content.decode()

    assert '<a href="tel:+390522000101"><bdi dir="ltr">+39 0522 000101</bdi></a>' in html
    assert "000202" not in html
