"""Everybody who works here signs in, finds a desk in the language of her browser, and every entry of the menu opens."""

import json
from urllib.parse import urlsplit

import pytest
from journey_shapes import DESKTOP

FACTS = {"agreement", "grant", "programme", "city", "network", "network_membership"}
PAGES = {"pages", "images", "documents"}
SITE_WORDS = {"snippets/core/navigation", "snippets/core/footer", "snippets/core/topic"}
LETTERS, SELECTIONS = {"enrolment_letter"}, {"enrolment_selection"}
COURSES = {"enrolment_edition", "enrolment_request", "enrolment_interest", "enrolment_course", "enrolment_question"}
COURSES |= LETTERS | SELECTIONS
MEMBERS = {"application", "association", "membership_period"}
CARE = {"users", "redirects", "searchpicks", "settings/core/sitesettings", "settings/core/openinghours"}
SYSTEM = {"groups", "sites", "locales", "collections", "workflows/list", "workflows/tasks/index"}

# Who → what her menu holds, beside reports and her own account.
DESKS = {
    "admin": PAGES | FACTS | SITE_WORDS | COURSES | MEMBERS | CARE | SYSTEM,
    "amministrazione": PAGES | FACTS | SITE_WORDS | COURSES | MEMBERS | CARE,
    "redazione": PAGES | FACTS | LETTERS,
    "approvazione": PAGES | FACTS | SITE_WORDS | LETTERS,
    "traduzione": {"pages"},
    "corsi": COURSES,
    "insegnante": {"enrolment_edition/taught"},
    "valutazione": SELECTIONS,
    "adesioni": MEMBERS,
    "direzione": MEMBERS,
}


@pytest.mark.parametrize("who", DESKS)
def test_every_entry_of_the_menu_opens(browser, site, sign_in, who):
    context = browser.new_context(viewport=DESKTOP, locale="it", base_url=site.url)
    context.set_default_timeout(30_000)
    page = context.new_page()
    elsewhere = []
    page.on("request", lambda request: elsewhere.append(request.url) if is_elsewhere(request.url, site) else None)

    sign_in(page, f"{who}@mondinsieme.example")
    assert page.locator("html").get_attribute("lang") == "it"
    entries = menu(page)
    assert {name for name in entries if "reports/" not in name} - {"account"} == DESKS[who]

    answers = {}
    for name in sorted(entries):
        answer = page.goto(f"/admin/{name}/")
        answers[name] = "sent away" if urlsplit(page.url).path == "/admin/" else answer.status
    context.close()
    assert answers == dict.fromkeys(entries, 200)
    assert elsewhere == []


def menu(page):
    """Addresses in the side bar, submenus included, as what stands between /admin/ and the last stroke."""
    found = set()

    def collect(value):
        if isinstance(value, dict):
            for name, child in value.items():
                if name == "url" and isinstance(child, str) and child.startswith("/admin/"):
                    found.add(child)
                collect(child)
        elif isinstance(value, list):
            for child in value:
                collect(child)

    collect(json.loads(page.locator("#wagtail-sidebar-props").text_content()))
    return {address.removeprefix("/admin/").removesuffix("/") for address in found}


def is_elsewhere(url, site):
    return urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc != urlsplit(site.url).netloc
