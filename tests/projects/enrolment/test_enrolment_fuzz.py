"""Whatever is sent, the answer is a sentence: never an error of ours."""

import time
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation_site.core import robots
from projects.enrolment.enums import QuestionKind
from projects.enrolment.models import EditionQuestion, Question

NASTY = st.sampled_from(
    [
        "",
        "\x00",
        "\u202e",
        "'",
        '"',
        "=1+1",
        "{{ 7 }}",
        "%s",
        "<script>",
        "a" * 5000,
        "٣",
        "-1",
        "9" * 400,
        "\r\nBcc: x@y.z",
        "🙂" * 300,
        "1e9",
    ]
)
WORDS = st.one_of(NASTY, st.text(max_size=60))
FIELDS = [
    "name",
    "name_own_script",
    "call_me",
    "birth_date",
    "contact_name",
    "relation",
    "responsible",
    "email",
    "phone",
    "language",
    "adult",
    "stamp",
    "request_key",
    "homepage",
]
QUESTIONS = [f"question_{number}" for number in range(len(QuestionKind.values))]
COUNTS = ["people-TOTAL_FORMS", "people-INITIAL_FORMS", "people-MIN_NUM_FORMS", "people-MAX_NUM_FORMS"]
BLOCKS = [f"people-{number}-{name}" for number in range(3) for name in ("name", "call_me", "birth_date")]
BUTTONS = ["add", "take_out"]
ANSWERS = {200, 302, 422}


@pytest.fixture
def _editions(home: Any, make_edition: Any) -> None:
    asking = make_edition("aperta", dates=(), party_max=1)
    for number, kind in enumerate(QuestionKind.values):
        question = Question.objects.create(
            pk=number, label=kind, kind=kind, choices="Uno\nDue", purpose="x", retention_days=1
        )
        EditionQuestion.objects.create(edition=asking, question=question)
    make_edition("bambini", dates=(), age_from=6, age_to=10, party_max=1)
    make_edition("famiglie", dates=(), age_from=6)


@pytest.mark.usefixtures("_editions")
@settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    fields=st.fixed_dictionaries({}, optional=dict.fromkeys([*FIELDS, *QUESTIONS], WORDS)),
    slug=st.sampled_from(["aperta", "bambini"]),
)
def test_the_form_takes_anything(fields: dict[str, str], slug: str):
    stamp = signing.dumps(time.time() - 10, salt=robots.SALT)
    right = {
        "name": "Giulia",
        "email": "g@example.org",
        "language": "it",
        "birth_date": "2017-01-01",
        "contact_name": "Rosa",
        "relation": "parent",
        "responsible": "on",
        "stamp": stamp,
    }

    assert Client().post(f"/en/enrol/{slug}/", {**right, **fields}, follow=True).status_code in ANSWERS


@pytest.mark.usefixtures("_editions")
@settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(fields=st.fixed_dictionaries({}, optional=dict.fromkeys([*COUNTS, *BLOCKS, *BUTTONS, *FIELDS], WORDS)))
def test_the_form_of_a_party_takes_anything(fields: dict[str, str]):
    right = {
        "people-TOTAL_FORMS": "2",
        "people-INITIAL_FORMS": "0",
        "people-0-name": "Rosa",
        "people-0-birth_date": "1990-01-01",
        "people-1-name": "Mateo",
        "people-1-birth_date": "2017-01-01",
        "email": "g@example.org",
        "language": "it",
        "relation": "parent",
        "responsible": "on",
        "stamp": signing.dumps(time.time() - 10, salt=robots.SALT),
    }

    assert Client().post("/en/enrol/famiglie/", {**right, **fields}, follow=True).status_code in ANSWERS


@pytest.mark.usefixtures("home")
@settings(max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(code=WORDS, contact=WORDS)
def test_find_takes_anything(code: str, contact: str):
    assert Client().post("/en/enrol/find/", {"receipt_code": code, "contact": contact}).status_code in ANSWERS


@pytest.mark.usefixtures("home")
@settings(max_examples=100, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    token=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="/?#"), min_size=1, max_size=80)
)
def test_any_link_gets_help(token: str):
    assert Client().get(f"/en/enrol/request/{token}/").status_code in {404, 410, 301}
