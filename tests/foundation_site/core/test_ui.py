import re
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe

from foundation_site.core.templatetags.ui import initial, isolate, listed, partial_date, short_month
from home.models import StandardPage


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Reggio Emilia", "it", "Reggio Emilia", id="own script stays as it is"),
        pytest.param("2011", "ar", "2011", id="digits belong to any script"),
        pytest.param("A1", "ar", '<bdi lang="it">A1</bdi>', id="a digit stays with its letter"),
        pytest.param(
            "via Marzabotto 3, aula 2", "ar", '<bdi lang="it">via Marzabotto 3, aula 2</bdi>', id="a whole foreign text"
        ),
        pytest.param(
            "زيارة Reggio Emilia في 2013",
            "ar",
            'زيارة <bdi lang="it">Reggio Emilia</bdi> في 2013',
            id="an Italian name in an Arabic sentence",
        ),
        pytest.param(
            "Il motto «الحوار» e Київ",
            "it",
            'Il motto «<bdi lang="ar">الحوار</bdi>» e <bdi lang="und-Cyrl">Київ</bdi>',
            id="two scripts in an Italian sentence",
        ),
        pytest.param("برنامج Erasmus+", "ar", 'برنامج <bdi lang="it">Erasmus+</bdi>', id="a plus stays with its word"),
        pytest.param("تقويم (.ics)", "ar", 'تقويم (<bdi lang="it">.ics</bdi>)', id="a dot stays with its ending"),
        pytest.param(
            "هاتف +39 0522 000 100.", "ar", 'هاتف <bdi dir="ltr">+39 0522 000 100</bdi>.', id="a phone number"
        ),
        pytest.param("Où ? « Ici »", "fr", "Où\u00a0? «\u00a0Ici\u00a0»", id="French spaces that do not break"),
        pytest.param("<b> & نص", "it", '&lt;b&gt; &amp; <bdi lang="ar">نص</bdi>', id="plain text is escaped"),
    ],
)
def test_isolate_marks_runs_of_another_script(text, language, expected):
    assert isolate(text, language) == expected


def test_isolate_leaves_tags_of_rich_text_alone():
    html = mark_safe('<p>نص <a href="/it/">ITACA &amp; CITIES</a></p>')

    assert isolate(html, "ar") == '<p>نص <a href="/it/"><bdi lang="it">ITACA &amp; CITIES</bdi></a></p>'


@pytest.mark.parametrize(
    ("value", "expected"), [("1962", "1962"), ("2011-10", "octobre 2011"), ("2019-02-27", "27 février 2019")]
)
def test_partial_date_says_no_more_than_is_known(value, expected):
    with translation.override("fr"):
        assert partial_date(value) == expected


@pytest.mark.parametrize(("language", "expected"), [("it", "dic"), ("en", "Dec"), ("fr", "déc."), ("ar", "ديسمبر")])
def test_short_month_follows_the_case_of_the_language(language, expected):
    with translation.override(language):
        assert short_month(date(2026, 12, 8)).rstrip(".") == expected.rstrip(".")


def test_help_with_a_link_is_not_shown_as_code():
    class Question(forms.Form):
        password = forms.CharField(
            help_text=lazy(lambda: mark_safe('<a href="/reset/">Forgot?</a>'), str, SafeString)()
        )

    html = Template('{% include "components/field.html" %}').render(Context({"field": Question()["password"]}))

    assert '<a href="/reset/">Forgot?</a>' in html


@pytest.mark.parametrize(("language", "expected"), [("it", "uno, due"), ("ar", "uno، due")])
def test_listed_uses_the_comma_of_the_reader(language, expected):
    with translation.override(language):
        assert listed(["uno", "due"]) == expected


def test_initial_skips_what_is_no_letter():
    assert initial("«لوحة»") == "ل"


def test_field_ties_help_and_error_to_its_control():
    class Question(forms.Form):
        email = forms.EmailField(label="E-mail", help_text="Only for this course.")

    with translation.override("it"):
        html = Template('{% include "components/field.html" %}').render(
            Context({"field": Question({"email": "amina@"})["email"]})
        )

    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'dir="ltr"' in html


@pytest.mark.parametrize("words", ["Ieri & oggi", mark_safe("Ieri &amp; oggi")], ids=["plain", "escaped already"])
@pytest.mark.parametrize(
    ("length", "shown"), [(11, "Ieri &amp; oggi"), (9, "Ieri &amp; o…"), (7, "Ieri &amp;…"), (6, "Ieri …")]
)
def test_text_is_not_cut_within_a_sign(words: str, length: int, shown: str):
    template = Template("{% load ui %}{{ words|shortened:length }}")

    assert template.render(Context({"words": words, "length": length})) == shown


def test_description_of_a_page_is_cut_between_letters(client: Client, home, publish):
    publish(home, StandardPage(title="Noi", slug="noi", search_description="o" * 197 + "&&&&&"))

    html = client.get("/it/noi/").content.decode()

    assert re.findall(r'description" content="o+(.*?)"', html) == ["&amp;&amp;…"] * 2
