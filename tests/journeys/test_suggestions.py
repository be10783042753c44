"""While somebody types, what fits is shown under the field: by keyboard, by hand, from right to left; and nothing is lost without."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from journey_shapes import DESKTOP, PHONE
from playwright.sync_api import Page, expect

FIELDS = [
    pytest.param("it", DESKTOP, "", "#quick-search", id="italian header"),
    pytest.param("it", PHONE, "", "#hero-q", id="italian front page on a phone"),
    pytest.param("ar", DESKTOP, "search/", "#search-q", id="arabic search page"),
    pytest.param("ar", PHONE, "non-esiste/", "#lost-q", id="arabic page that is not there, on a phone"),
]
PLACES = {"it": ("tange", "Tangeri"), "ar": ("طنجة", "طنجة")}


def typed(page: Page, field: str, words: str):
    page.locator(field).press_sequentially(words)
    options = page.locator(f"{field}-list [role=option]")
    expect(options.first).to_be_visible()
    return options


@pytest.mark.parametrize(("language", "viewport", "path", "field"), FIELDS)
def test_a_city_is_reached_by_keyboard(browser, site, language, viewport, path, field):
    words, name = PLACES[language]
    context = browser.new_context(viewport=viewport, base_url=site.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"/{language}/{path}")

    options = typed(page, field, words)

    box = page.locator(field)
    expect(options.first).to_contain_text(name)
    expect(page.locator(f"{field}-list + [role=status]")).not_to_be_empty()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", "")
    violations = Axe().run(page).response["violations"]
    assert [(found["id"], [node["target"] for node in found["nodes"]]) for found in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    for option in (options.first, options.last):  # in sight, and over whatever stands below
        assert option.evaluate(
            """option => {
              const { left, top, width, height } = option.getBoundingClientRect()
              return option.contains(document.elementFromPoint(left + width / 2, top + height / 2))
            }"""
        )

    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value(words)
    box.press("Backspace")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "")
    box.press("ArrowDown")
    box.press("Enter")

    page.wait_for_url(f"**/{language}/citta/tanger/")
    context.close()
    assert complaints == []


def test_a_suggestion_is_pressed(window):
    page = window(DESKTOP, "it")
    page.goto("/it/search/")

    typed(page, "#search-q", "odess").first.click()

    page.wait_for_url("**/it/citta/odesa/")


def test_enter_without_a_choice_searches(window):
    page = window(DESKTOP, "it")
    page.goto("/it/")
    typed(page, "#hero-q", "odessa")

    page.locator("#hero-q").press("Enter")

    page.wait_for_url("**/it/search/?q=odessa")


def test_leaving_the_field_closes_what_it_showed(window):
    page = window(DESKTOP, "it")
    page.goto("/it/search/")
    options = typed(page, "#search-q", "odess")

    page.locator("h1").click()

    expect(options).to_have_count(0)


def test_only_the_last_letters_are_asked_for(window):
    page = window(DESKTOP, "it")
    page.goto("/it/search/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest/" in request.url else None)

    typed(page, "#search-q", "odessa")

    assert [url.partition("?q=")[2] for url in asked] == ["odessa"]


def test_without_a_script_the_field_is_a_field(window):
    page = window(PHONE, "it", javascript=False)
    page.goto("/it/")
    page.locator("#hero-q").fill("odessa")
    page.locator("#hero-q").press("Enter")

    page.wait_for_url("**/it/search/?q=odessa")
    expect(page.locator(".hit a")).to_have_attribute("href", "/it/citta/odesa/")
