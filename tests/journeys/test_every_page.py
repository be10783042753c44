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
    "draw": "enrol/italiano-sera/draw/",
    "tell me first": "enrol/arabo-sabato/tell-me/",
    "places in figures": "enrol/figures/",
    "certificate to check": "enrol/certificate/",
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
        for width in (320, 640, viewport["width"]):  # 640: a desktop window at twice the size
            page.set_viewport_size({"width": width, "height": viewport["height"]})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                complaints.append(f"{where}: {wide} pixels wide in a window of {width}")
        for menu in page.locator("header details").all():
            menu.evaluate("details => { details.open = false }")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > viewport["width"]:
            complaints.append(
                f"{where}: text of twice the size is {wide} pixels wide in a window of {viewport['width']}"
            )
        html = page.locator("html")
        if (html.get_attribute("lang"), html.get_attribute("dir")) != (language, "rtl" if language == "ar" else "ltr"):
            complaints.append(f"{where}: wrong language or direction")
    context.close()
    assert complaints == []


BUDGETS = {"css": 12_000, "js": 3_000, "icons": 2_000}
FRONT, LIST, DETAIL = 150_000, 80_000, 60_000
MOVES = """() => new Promise(tell => {
  let sum = 0
  new PerformanceObserver(list => { for (const move of list.getEntries()) if (!move.hadRecentInput) sum += move.value })
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => tell(sum), 200)
})"""


def budget(where: str) -> int:
    if where == "front page":
        return FRONT
    return LIST if "list" in where or "search" in where else DETAIL


@pytest.mark.parametrize("language", ["it", "ar"])
def test_first_visit_stays_within_its_budget(browser, site, language):
    """Bytes of a first visit on a phone, as a server that compresses sends them (pictures below the first screen wait), and
    nothing moves while it loads."""
    over: list[str] = []
    for where, path in PAGES.items():
        sizes, moved = first_visit(browser, site, f"/{language}/{path}")
        kinds = {
            "css": sum(size for url, size in sizes.items() if ".css" in url),
            "js": sum(size for url, size in sizes.items() if ".js" in url),
            "icons": sum(size for url, size in sizes.items() if "icons" in url),
        }
        fonts = sum(size for url, size in sizes.items() if "woff2" in url)
        over += [f"{where}: {size} bytes of {kind}" for kind, size in kinds.items() if size > BUDGETS[kind]]
        if fonts > (0 if language == "ar" else 25_000):
            over.append(f"{where}: {fonts} bytes of fonts")
        if sum(sizes.values()) > budget(where):
            over.append(f"{where}: {sum(sizes.values())} bytes in all")
        if moved > 0.01:
            over.append(f"{where}: moved by {moved:.3f}")
    assert over == []


def first_visit(browser, site, path: str) -> tuple[dict[str, int], float]:
    """Compressed bytes by address, and by how much the page moved while it loaded (cumulative layout shift)."""
    context = browser.new_context(viewport=PHONE, base_url=site.url)
    page = context.new_page()
    sizes: dict[str, int] = {}

    def weigh(response) -> None:
        body = response.body()
        compressible = re.search(r"html|css|javascript|svg|json", response.headers.get("content-type", ""))
        sizes[response.url] = len(gzip.compress(body)) if compressible else len(body)

    page.on(
        "requestfinished",
        lambda request: weigh(request.response()) if request.response().status in (200, 404) else None,
    )
    page.goto(path, wait_until="networkidle")
    moved = page.evaluate(MOVES)
    context.close()
    return sizes, moved


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
