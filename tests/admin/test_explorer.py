"""The admin's own screens open, the page explorer from the very root included."""

import pytest
from django.test import Client
from django.urls import reverse

from foundation_site.users.models import User

SCREENS = [
    "wagtailadmin_home",
    "wagtailadmin_explore_root",
    "wagtailimages:index",
    "wagtaildocs:index",
    "wagtailredirects:index",
    "wagtailsites:index",
    "wagtaillocales:index",
    "wagtailadmin_workflows:index",
    "wagtailusers_groups:index",
    "wagtailadmin_reports:site_history",
]


@pytest.mark.parametrize("name", SCREENS)
def test_screen_opens(client: Client, superuser: User, home, name: str):
    client.force_login(superuser)

    assert client.get(reverse(name)).status_code == 200


def test_every_page_form_opens(client: Client, superuser: User, standard_page, news_index):
    client.force_login(superuser)

    for page in (standard_page, news_index, standard_page.get_parent()):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
        assert client.get(reverse("wagtailadmin_explore", args=[page.pk])).status_code == 200
