"""Every page type, in Italian and Arabic, at both widths: accessible, light, silent, and never wider than the window."""

import gzip
import re
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from journey_shapes import DESKTOP, PHONE

PAGES = {
    "front page": "",
    "page of text": "chi-siamo/",
    "timeline": "chi-siamo/storia/",
    "news list": "notizie/",
    "news": "notizie/arabo-due-edizioni/",
    "project list": "progetti/",
    "project": "progetti/itaca/",
    "agreement list": "accordi/",
    "agreement": "accordi/marocco/",
    "event list": "agenda/",
    "event": "agenda/festa-delle-tavole/",
    "course list": "corsi/",
    "course": "corsi/arabo/",
    "good practice list": "buone-pratiche/?topic=education&country=IT",
    "good practice": "buone-pratiche/lublino-neuchatel/",
    "association list": "associazioni/",
    "association": "associazioni/tavola-del-melograno/",
    "city list": "citta/",
    "city": "citta/reggio-emilia/",
    "city of the register": "citta/tanger/",
    "search": "search/?q=arabo",
    "search without results": "search/?q=zzzzzz",
    "enrolment form": "enrol/arabo-sabato/",
    "find my enrolment": "enrol/find/",
    "application form": "membership/apply/",
    "sign-in": "account/login/",
    "not found": "questa-pagina-non-esiste/",
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("language", ["it", "ar"])
def test_page_is_accessible_and_fits(browser, site, language, viewport):
    """One window walks all pages: axe, the console, other sites, and the width at 320 pixels too."""
    context = browser.new_context(viewport=viewport, locale=language, base_url=site.url)
    page = context.new_page()
    complaints: list[str] = []
    where = ""
    page.on(
        "console", lambda message: complaints.append(f"{where}: {message.text}") if "404" not in message.text else None
    )
    page.on("pageerror", lambda error: complaints.append(f"{where}: {error}"))
    page.on(
        "request",
        lambda request: (
            complaints.append(f"{where}: {request.url}") if not request.url.startswith((site.url, "data:")) else None
        ),
    )
    axe = Axe()
    for where, path in PAGES.items():
        page.goto(f"/{language}/{path}")
        for menu in page.locator("header details").all():
            menu.evaluate("details => { details.open = true }")
        for violation in axe.run(page, options=RULES).response["violations"]:
            complaints.append(f"{where}: {violation['id']}: {[node['target'] for node in violation['nodes']][:3]}")
        for width in (320, viewport["width"]):
            page.set_viewport_size({"width": width, "height": viewport["height"]})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                complaints.append(f"{where}: {wide} pixels wide in a window of {width}")
        html = page.locator("html")
        if (html.get_attribute("lang"), html.get_attribute("dir")) != (language, "rtl" if language == "ar" else "ltr"):
            complaints.append(f"{where}: wrong language or direction")
    context.close()
    assert complaints == []


BUDGETS = {"css": 12_000, "js": 3_000, "icons": 2_000}
FIRST_VISIT = {
    "": 150_000,
    "buone-pratiche/": 80_000,
    "progetti/itaca/": 60_000,
    "chi-siamo/": 60_000,
    "enrol/arabo-sabato/": 60_000,
}


@pytest.mark.parametrize("language", ["it", "ar"])
@pytest.mark.parametrize(("path", "budget"), FIRST_VISIT.items())
def test_first_visit_stays_within_its_budget(browser, site, language, path, budget):
    """Bytes of a first visit on a phone, as a server that compresses sends them; pictures below the first screen wait."""
    context = browser.new_context(viewport=PHONE, base_url=site.url)
    page = context.new_page()
    sizes: dict[str, int] = {}

    def weigh(response) -> None:
        body = response.body()
        compressible = re.search(r"html|css|javascript|svg|json", response.headers.get("content-type", ""))
        sizes[response.url] = len(gzip.compress(body)) if compressible else len(body)

    page.on("requestfinished", lambda request: weigh(request.response()) if request.response().status == 200 else None)
    page.goto(f"/{language}/{path}", wait_until="networkidle")
    context.close()

    kinds = {
        "css": sum(size for url, size in sizes.items() if ".css" in url),
        "js": sum(size for url, size in sizes.items() if ".js" in url),
        "icons": sum(size for url, size in sizes.items() if "icons" in url),
    }
    fonts = sum(size for url, size in sizes.items() if "woff2" in url)
    assert {kind: size for kind, size in kinds.items() if size > BUDGETS[kind]} == {}
    assert fonts == 0 if language == "ar" else fonts <= 25_000
    assert sum(sizes.values()) <= budget


def test_each_language_names_the_others(site):
    html = urllib.request.urlopen(f"{site.url}/ar/corsi/arabo/").read().decode()

    found = dict(re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"', html))
    assert found == {
        **{code: f"{site.url}/{code}/corsi/arabo/" for code in ("it", "en", "fr", "es", "ar")},
        "x-default": f"{site.url}/it/corsi/arabo/",
    }


def test_policy_is_strict(site):
    headers = urllib.request.urlopen(f"{site.url}/it/").headers

    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "Set-Cookie" not in headers
