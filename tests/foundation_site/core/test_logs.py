"""Keys that stand in addresses stay out of the log."""

import logging

import pytest
from django.conf import settings

from foundation_site.core.logs import WithoutKeys


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/it/enrol/request/1.1xV0.j15_0G4u/accept/", "/it/enrol/request/…/accept/"),
        ("/fr/enrol/confirm/1.1xV0.j15_0G4u/", "/fr/enrol/confirm/…/"),
        ("/ar/enrol/told/1.1xV0.j15_0G4u/", "/ar/enrol/told/…/"),
        ("/ar/membership/application/ABCD2345.j15_0G4u/", "/ar/membership/application/…/"),
        ("/it/account/password/reset/key/3-c0ffee-1234/", "/it/account/password/reset/key/…/"),
        ("/it/progetti/itaca/", "/it/progetti/itaca/"),
    ],
    ids=["enrolment", "confirmation", "wish", "application", "password", "a page"],
)
def test_address_is_written_without_its_key(path: str, written: str):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Conflict", path), None)

    assert WithoutKeys().filter(record)
    assert record.getMessage() == f"Conflict: {written}"


def test_every_line_passes_and_none_is_mailed():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["without_keys"]
    assert settings.LOGGING["root"]["handlers"] == ["console"]
    assert logging.getLogger("django").handlers == []
