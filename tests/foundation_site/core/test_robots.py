import time

import pytest
from django import forms
from django.core import signing
from django.test import RequestFactory

from foundation_site.core import robots


class Question(robots.RobotTrapMixin, forms.Form):
    words = forms.CharField()


def sent(**fields):
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    return Question({"words": "hello", "homepage": "", "stamp": stamp, **fields})


def test_a_person_passes():
    assert sent().is_valid()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"homepage": "http://spam.example"}, "trap"),
        ({"stamp": robots.new_stamp}, "fast"),
        ({"stamp": ""}, "stale"),
        ({"stamp": "x"}, "stale"),
        ({"stamp": signing.dumps("x", salt=robots.SALT)}, "stale"),
        ({"stamp": signing.dumps(0, salt="another")}, "stale"),
    ],
    ids=["trap", "fast", "none", "nonsense", "not a number", "another form's"],
)
def test_a_robot_does_not(fields, code):
    form = sent(**{key: value() if callable(value) else value for key, value in fields.items()})

    assert [error.code for error in form.non_field_errors().as_data()] == [code]


def test_an_old_form_gets_a_new_stamp_and_keeps_what_was_typed(monkeypatch):
    old = sent()
    monkeypatch.setattr(robots, "STAMP_SECONDS", -1)

    assert not old.is_valid()

    assert old["words"].value() == "hello"
    assert old["stamp"].value() != sent()["stamp"].value()


def test_whoever_has_something_to_mend_hears_that_first():
    form = sent(words="", homepage="x")

    assert list(form.errors) == ["words"]


def test_the_trap_is_out_of_sight_and_out_of_the_tab_order():
    html = str(Question()["homepage"])

    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1"' in html
    assert 'type="text"' in html


def test_tries_are_counted_by_door_and_by_who_knocks():
    tries = [robots.too_often("door", "a", limit=2, seconds=60) for _try in range(3)]

    assert tries == [False, False, True]
    assert not robots.too_often("door", "b", limit=2, seconds=60)
    assert not robots.too_often("other", "a", limit=2, seconds=60)


def test_forwarded_addresses_are_not_believed():
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "1.2.3.4"}, REMOTE_ADDR="10.0.0.1")

    assert robots.address_of(request) == "10.0.0.1"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        pytest.param("6.6.6.6, 1.2.3.4", "1.2.3.4", id="what the proxy wrote, not what the visitor did"),
        pytest.param("1.2.3.4", "1.2.3.4", id="the proxy alone"),
        pytest.param("", "10.0.0.1", id="nothing"),
    ],
)
def test_behind_a_proxy_its_word_is_believed(settings, written: str, address: str):
    settings.TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": written}, REMOTE_ADDR="10.0.0.1")

    assert robots.address_of(request) == address
