"""A citizen finds the Arabic class, enrols, reads the letter, sees where she stands, and withdraws."""

import re
import time
import uuid

import pytest
from journey_shapes import DESKTOP, PHONE

SHAPES = [
    pytest.param("it", PHONE, True, id="italian on a phone"),
    pytest.param("it", DESKTOP, False, id="italian on a desktop without javascript"),
    pytest.param("ar", PHONE, False, id="arabic on a phone without javascript"),
    pytest.param("ar", DESKTOP, True, id="arabic on a desktop"),
]


def find_course(page, language):
    """From the front page to the Arabic course, by what a newcomer sees."""
    page.goto(f"/{language}/")
    page.locator(".ask a[href$='/corsi/']").click()
    page.wait_for_url(f"**/{language}/corsi/")
    page.locator("a[href$='/corsi/arabo/']").first.click()
    page.wait_for_url(f"**/{language}/corsi/arabo/")


def fill_child(page, email, name="Salma Idrissi"):
    page.locator("[name=name]").fill(name)
    page.locator("[name=birth_date]").fill(f"{time.localtime().tm_year - 13}-03-02")
    page.locator("[name=contact_name]").fill("Rachida Idrissi")
    page.locator("[name=relation][value=parent]").check()
    page.locator("[name=responsible]").check()
    page.locator("[name=email]").fill(email)


def send(page):
    page.wait_for_timeout(2500)  # a form that is answered faster than a person can read is taken for a robot's
    page.locator("main form[method=post] button[type=submit]").click()


def confirm(page, site, email):
    """By the link in the first letter, which changes nothing until the button behind it is pressed."""
    page.goto(site.link_in(site.mails(email)[0], "/enrol/confirm/"))
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/enrol/request/**")


@pytest.mark.parametrize(("language", "viewport", "javascript"), SHAPES)
def test_child_gets_a_place(window, site, language, viewport, javascript):
    page = window(viewport, language, javascript=javascript)
    email = f"rachida-{uuid.uuid4().hex[:8]}@example.org"
    find_course(page, language)
    page.locator("a[href$='/enrol/arabo-sabato/']").click()

    fill_child(page, email)
    send(page)

    page.wait_for_url("**/enrol/request/**")
    assert email in page.locator("main").inner_text()
    assert page.locator(".notice--success").count() == 0  # one thing is left to do
    receipt = page.locator("dd strong").first.inner_text()
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", receipt)
    confirm(page, site, email)
    assert page.locator(".notice--success").count() == 1
    letter = site.mails(email, number=2)[1]
    assert letter["Content-Language"] == language
    html = letter.get_body(("html",)).get_content()
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert [part.get_filename() for part in letter.iter_attachments()] != []

    page.goto(site.link_in(letter, "/enrol/request/"))
    assert receipt in page.content()
    page.go_back()
    page.go_forward()
    page.locator("a[href$='/withdraw/']").click()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/enrol/request/**")
    assert page.locator(".notice--success").count() == 0
    assert page.locator("a[href$='/withdraw/']").count() == 0


def test_adult_goes_on_the_waiting_list(window, site):
    page = window(PHONE, "it")
    email = f"anna-{uuid.uuid4().hex[:8]}@example.org"
    page.goto("/it/corsi/arabo/")
    page.locator("a[href$='/enrol/arabo-sera/']").click()
    page.locator("[name=name]").fill("Anna Bianchi")
    page.locator("[name=email]").fill(email)
    page.locator("[name=adult]").check()
    send(page)

    page.wait_for_url("**/enrol/request/**")
    assert page.locator("main .notice").first.inner_text().strip() == "Sei in lista d’attesa. Il tuo numero: 10"
    page.locator("a[href$='/withdraw/']").click()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/enrol/request/**")


@pytest.mark.parametrize("language", ["it", "ar"])
def test_mistakes_are_said_and_nothing_typed_is_lost(window, language):
    page = window(PHONE, language, javascript=False)
    page.goto(f"/{language}/enrol/arabo-sabato/")
    fill_child(page, "rachida@", name="سلمى الإدريسي")
    send(page)

    assert page.locator("[data-error-summary] a").count() == 1
    assert page.locator("[name=name]").input_value() == "سلمى الإدريسي"
    assert page.locator("[name=contact_name]").input_value() == "Rachida Idrissi"
    assert page.locator("[name=email]").input_value() == "rachida@"
    page.locator("[data-error-summary] a").click()
    assert page.evaluate("location.hash") == "#id_email"


def test_double_click_makes_one_request(window, site):
    page = window(DESKTOP, "it")
    email = f"twice-{uuid.uuid4().hex[:8]}@example.org"
    page.goto("/it/enrol/arabo-sabato/")
    fill_child(page, email)
    page.wait_for_timeout(2500)
    page.locator("main form[method=post] button[type=submit]").dblclick()
    page.wait_for_url("**/enrol/request/**")

    receipt = page.locator("dd strong").first.inner_text()
    page.wait_for_timeout(3000)  # a second letter would be here by now: the first was sent by the same worker
    assert [receipt in mail.get_body(("plain",)).get_content() for mail in site.mails(email)] == [True]
    page.locator("a[href$='/withdraw/']").click()
    page.locator("main form[method=post] button[type=submit]").click()
    page.wait_for_url("**/enrol/request/**")
