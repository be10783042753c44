import re

import pytest
from django.utils.translation import override
from wagtail.models import Page

from foundation_site.core.blocks.call_to_action import CallToActionBlock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("link", "address"),
    [
        pytest.param(
            {"service": "membership:start"}, "/fr/membership/apply/", id="a service, in the reader's language"
        ),
        pytest.param({"url": "https://example.org/"}, "https://example.org/", id="elsewhere"),
    ],
)
def test_button_leads_where_it_says(link, address):
    block = CallToActionBlock()
    value = block.to_python({"title": "T", "link": {"text": "L", "page": None, "service": "", "url": "", **link}})

    with override("fr"):
        html = block.render(value)

    assert re.findall('href="([^"]*)"', html)[0] == address


def test_button_leads_to_a_page(home):
    block = CallToActionBlock()
    page = Page.objects.get(pk=home.pk)
    value = block.to_python({"title": "T", "link": {"text": "L", "page": page.pk, "service": "", "url": ""}})

    with override("it"):
        html = block.render(value)

    assert re.findall('href="([^"]*)"', html)[0] == page.url
