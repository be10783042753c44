"""Few places, given fairly: a newcomer takes a freed place, a mother checks a draw, a course manager runs an edition to its certificates."""

import re
import subprocess
import sys
import uuid
from datetime import date, datetime, timedelta

from journey_shapes import PHONE
from test_citizen_enrols import confirm, find_course, send

MANAGER = "corsi@mondinsieme.example"
EDITIONS = "/admin/enrolment_edition/"


def open_edition(page, slug):
    """From the list of editions to the page that one is run from."""
    page.goto(f"{EDITIONS}?q={slug}")
    page.locator("main tbody tr .w-dropdown__toggle").first.click()
    page.locator(f"a[href^='{EDITIONS}run/']").click()
    page.wait_for_url("**/run/*/")


def copy_edition(page, slug, *, of, first_day, **changes):
    """The next edition from the last, with what is different, published. Ends on the page that it is run from."""
    open_edition(page, of)
    page.locator("a[href$='/copy/']").click()
    page.locator("[name=label]").fill(f"Prova {slug}")
    page.locator("[name=slug]").fill(slug)
    page.locator("[name=first_day]").fill(first_day.isoformat())
    page.locator("main form [type=submit]").click()
    page.wait_for_url("**/edit/*/")
    save_edition(page, status="published", **changes)


def save_edition(page, **changes):
    """In the form of an edition: a name is that of a field. Ends on the page that it is run from."""
    for name, value in changes.items():
        field = page.locator(f"[name='{name}']")
        field.evaluate(
            "(field, value) => { field.value = value; field.dispatchEvent(new Event('change', {bubbles: true})) }",
            str(value),
        )
    key = re.search(r"/edit/(\d+)/", page.url)[1]
    page.locator("footer [type=submit]").first.click()
    page.locator(".messages .success").wait_for()
    page.goto(f"{EDITIONS}run/{key}/")


def enrol_by_phone(page, name, **contact):
    """With somebody on the telephone. Ends on the page of the request."""
    page.locator("main a[href*='/desk/']").click()
    page.wait_for_url("**/desk/*/")
    page.locator("[name=name]").fill(name)
    for field in ("email", "phone"):
        page.locator(f"[name={field}]").fill(contact.get(field, ""))
    page.locator("[name=language]").select_option(contact.get("language", "it"))
    page.locator("[name=channel]").select_option("phone")
    if page.locator("[name=adult]").count():
        page.locator("[name=adult]").check()
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/inspect/*/")


def next_weekday(number):
    today = date.today()
    return today + timedelta(days=(number - today.weekday()) % 7 + 7)


def test_newcomer_takes_the_place_that_somebody_gives_back(window, site, desk):
    slug, email = f"arabo-{uuid.uuid4().hex[:8]}", f"samira-{uuid.uuid4().hex[:8]}@example.org"
    closes = (datetime.now() + timedelta(days=3)).strftime("%Y-%m-%d %H:%M")
    manager = desk(MANAGER)
    copy_edition(manager, slug, of="arabo-sera", first_day=next_weekday(1), places=1, opens_at="", closes_at=closes)
    enrol_by_phone(manager, "Anna Bianchi", phone="333 000 0909")
    taken = manager.url

    page = window(PHONE, "ar", javascript=False)
    find_course(page, "ar")
    page.locator(f"a[href$='/enrol/{slug}/']").click()
    page.locator("[name=name]").fill("سميرة بوعزاوي")
    page.locator("[name=email]").fill(email)
    page.locator("[name=adult]").check()
    send(page)
    page.wait_for_url("**/ar/enrol/request/**")
    confirm(page, site, email)
    assert page.locator("main .notice").first.inner_text().strip().endswith("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    manager.goto(taken)
    withdrawing = manager.locator("form[action*='/withdraw/']")
    withdrawing.locator("[name=reason]").fill("Ha telefonato: non può venire.")
    withdrawing.locator("button[type=submit]").click()
    manager.locator(".messages .success").wait_for()

    offer = site.mails(email, number=3)[2]
    assert offer["Content-Language"] == "ar"
    page.goto(site.link_in(offer, "/enrol/request/"))
    assert page.locator(".notice--success").count() == 1
    page.locator("form[action$='/accept/'] button").click()
    page.wait_for_url("**/ar/enrol/request/**")
    assert page.locator("form[action$='/accept/']").count() == 0
    assert page.locator(".notice--success").count() == 1
    assert [part.get_filename() for part in site.mails(email, number=4)[3].iter_attachments()] == [f"{slug}.ics"]


def test_mother_brings_two_children_into_a_draw_and_checks_it(window, site, desk, tmp_path):
    email, year = f"amina-{uuid.uuid4().hex[:8]}@example.org", date.today().year
    page = window(PHONE, "it", javascript=False)
    page.goto("/it/corsi/lingue-madri/")
    page.locator("a[href$='/enrol/lingue-madri-primavera/']").click()
    page.locator("[name='people-0-name']").fill("Yassine Haddad")
    page.locator("[name='people-0-birth_date']").fill(f"{year - 8}-05-04")
    page.locator("[name=email]").fill(email)
    page.locator("button[name=add]").click()
    assert page.locator("[name='people-0-name']").input_value() == "Yassine Haddad"
    assert page.locator("[name=email]").input_value() == email
    page.locator("[name='people-1-name']").fill("Nour Haddad")
    page.locator("[name='people-1-birth_date']").fill(f"{year - 9}-11-20")
    page.locator("[name^=question]").first.check()
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Iscriviti").click()

    summary = page.locator("[data-error-summary]")
    assert summary.locator("a").count() == 3  # who she is, what she is to them, and that she answers for them
    page.locator("[name=contact_name]").fill("Amina Haddad")
    page.locator("[name=relation]").first.check()
    page.locator("[name=responsible]").check()
    page.get_by_role("button", name="Iscriviti").click()
    page.wait_for_url("**/enrol/request/**")
    confirm(page, site, email)
    mine = page.url
    assert [name in page.locator("main").inner_text() for name in ("Yassine Haddad", "Nour Haddad")] == [True, True]
    code = page.locator("dd strong").nth(1).inner_text()

    manager = desk(MANAGER)
    open_edition(manager, "lingue-madri-primavera")
    manager.locator("main a[href*='/edit/']").click()
    manager.wait_for_url("**/edit/*/")
    over = (datetime.now() - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M")
    save_edition(manager, places=6, closes_at=over, draws_at=over)
    manager.locator("form[action$='/draw/'] button").click()
    manager.locator(".messages .success").wait_for()

    page.goto("/it/enrol/lingue-madri-primavera/draw/")
    command = page.locator("p code").last.inner_text().split()
    for name in ("list.txt", "draw.py"):
        file = page.request.get(f"{site.url}/it/enrol/lingue-madri-primavera/draw/{name}")
        (tmp_path / name).write_bytes(file.body())
    run = subprocess.run(
        [sys.executable, *command[1:]], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=30
    )
    order = [line.split(maxsplit=2) for line in run.stdout.splitlines()[2:]]
    shown = page.locator("tbody tr").all()
    assert [row.locator("th").inner_text() for row in shown] == [drawn for _rank, drawn, _outcome in order]
    (rank, outcome) = next((rank, outcome) for rank, drawn, outcome in order if drawn == code)
    page.goto(mine)
    assert re.search(rf"\b{rank}\b", page.locator("dd", has_text=code).inner_text())
    state = page.locator("main .notice").first.inner_text()
    assert state.startswith("Hai un posto" if outcome == "place" else "Sei in lista d’attesa")


def test_manager_runs_an_edition_from_copy_to_certificates(window, site, desk):
    slug, email = f"serata-{uuid.uuid4().hex[:8]}", f"grace-{uuid.uuid4().hex[:8]}@example.org"
    manager = desk(MANAGER)
    first_day = date.today() - timedelta(days=38) + timedelta(weeks=6)
    copy_edition(manager, slug, of="serata-visita-studio", first_day=first_day)
    run = manager.url
    enrol_by_phone(manager, "غريس", email=email, language="ar")
    manager.goto(manager.url.replace("/inspect/", "/receipt/"))
    assert manager.locator("html").get_attribute("dir") == "rtl"
    manager.goto(run)
    enrol_by_phone(manager, "Carlo Rossi", phone="333 000 0910")

    manager.goto(run)
    manager.locator("main a[href*='/edit/']").click()
    manager.wait_for_url("**/edit/*/")
    save_edition(manager, **{"meetings-0-date": date.today() - timedelta(days=1)})
    sheet = manager.request.get(site.url + manager.locator("a[href$='/sheet/']").get_attribute("href"))
    assert ("Carlo Rossi" in sheet.text(), email in sheet.text()) == (True, False)
    file = manager.request.get(site.url + manager.locator("a[href*='export=xlsx']").get_attribute("href"))
    assert file.headers["content-type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    manager.locator("main a[href*='/attendance/']").click()
    manager.set_viewport_size(PHONE)
    for name, taps in (("غريس", 1), ("Carlo Rossi", 2)):
        for tap in range(1, taps + 1):
            manager.locator("main li button", has_text=name).click()
            pressed = "true" if tap % 2 else "false"
            manager.locator(f"main li button[aria-pressed={pressed}]", has_text=name).wait_for()
    manager.goto(run)
    manager.locator("form[action$='/certify/'] button").click()
    manager.locator(".messages .success").wait_for()

    certificates = manager.locator("main a[href$='.pdf']")
    assert certificates.count() == 1
    code = certificates.inner_text()
    letter = site.mails(email, number=3)[2]  # after the place and the changed day
    assert letter["Content-Language"] == "ar"
    page = window(PHONE, "ar")
    pdf = page.request.get(site.link_in(letter, ".pdf"))
    assert (pdf.headers["content-type"], pdf.body()[:5]) == ("application/pdf", b"%PDF-")
    page.goto(site.link_in(letter, "?code="))
    assert code in page.url
    assert page.locator(".notice--success").count() == 1
    assert "غريس" not in page.locator("main").inner_text()
