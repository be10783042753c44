"""An association asks to join, with a file that is none and a rest in between; the desk reads, a second person admits."""

import re
import time
import uuid
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from journey_shapes import DESKTOP, PHONE
from playwright.sync_api import expect
from stdnum import luhn

SHAPES = [
    pytest.param("it", DESKTOP, True, id="italian on a desktop"),
    pytest.param("ar", PHONE, False, id="arabic on a phone without javascript"),
    pytest.param("fr", PHONE, True, id="french on a phone"),
]
WORDS = {
    "it": {
        "begun": "La tua domanda di adesione: il link per continuare",
        "received": "Abbiamo ricevuto la domanda {reference}",
        "admitted": "Benvenuti: {name} fa parte della fondazione",
        "no paper": "Questo non è un PDF, un JPEG o un PNG, anche se il nome dice così. Salva il documento come PDF, oppure fai una foto.",
        "states": ("In preparazione", "Ricevuta", "Ammessa"),
        "officers": "Il direttivo: nomi e ruoli",
    },
    "ar": {
        "begun": "طلب العضوية: رابط المتابعة",
        "received": "وصلنا الطلب {reference}",
        "admitted": "أهلًا بكم: {name} عضو في المؤسسة",
        "no paper": "هذا الملف ليس PDF ولا JPEG ولا PNG، مهما قال اسمه. يُرجى حفظ الوثيقة بصيغة PDF أو تصويرها.",
        "states": ("قيد الكتابة", "وصل إلينا", "مقبول"),
        "officers": "مكتب الجمعية: الأسماء والصفات",
    },
    "fr": {
        "begun": "Votre demande d’adhésion\N{NO-BREAK SPACE}: le lien pour continuer",
        "received": "Nous avons reçu la demande {reference}",
        "admitted": "Bienvenue\N{NO-BREAK SPACE}: {name} est membre de la fondation",
        "no paper": "Ce n’est pas un PDF, un JPEG ou un PNG, même si son nom le dit. Enregistrez le document en PDF, ou prenez-le en photo.",
        "states": ("En cours de rédaction", "Reçue", "Admise"),
        "officers": "Le bureau\N{NO-BREAK SPACE}: noms et fonctions",
    },
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def small_pdf() -> bytes:
    """One empty page that every reader of PDF opens: objects, their places counted, and where to find them."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(content)
    return content + b"xref\n0 4\n0000000000 65535 f \n%strailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )


def pdf(name):
    return {"name": name, "mimeType": "application/pdf", "buffer": small_pdf()}


PROGRAM = {"name": "atto.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00\x03" + bytes(59) + b"PE\x00\x00"}


def new_tax_code() -> str:
    """Of the province, not yet used by anybody here, and right in its last digit."""
    digits = f"9{uuid.uuid4().int % 10**6:06d}035"
    return digits + luhn.calc_check_digit(digits)


@dataclass
class Body:
    """The association of one walk, and how it reads the site."""

    language: str
    javascript: bool = True
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    tax_code: str = field(default_factory=new_tax_code)

    @property
    def name(self) -> str:
        return f"Ponte di voci {self.key}"

    @property
    def slug(self) -> str:
        return f"ponte-di-voci-{self.key}"

    @property
    def email(self) -> str:
        return f"ponte-{self.key}@example.org"

    def said(self, what: str, **values: str) -> str:
        return WORDS[self.language][what].format(name=self.name, **values)


def press(page):
    page.locator("main form[method=post]:not(.papers form) button[type=submit]").first.click()


def fine_to_look_at(page, body):
    """No wider than the window, and nothing that a screen reader stumbles over. What looks for that is a script itself."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    if not body.javascript:
        return
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(page.url, each["id"], each["nodes"][0]["html"][:200]) for each in violations] == []


def letter(site, body, subject):
    """The letter with this subject; the worker may still be writing it."""
    for _second in range(20):
        found = [mail for mail in site.mails(body.email) if mail["Subject"].strip() == subject]
        if found:
            assert found[0]["Content-Language"] == body.language
            html = found[0].get_body(("html",)).get_content()
            assert f'lang="{body.language}" dir="{"rtl" if body.language == "ar" else "ltr"}"' in html
            return found[0]
        time.sleep(1)
    pytest.fail(f"no letter {subject!r} among {[mail['Subject'] for mail in site.mails(body.email)]}")


def begin(page, body):
    """From the front page to the first step, by what a newcomer sees, and through it."""
    page.goto(f"/{body.language}/")
    page.locator(".ask a[href$='/diventa-associazione-aderente/']").click()
    page.wait_for_url(f"**/{body.language}/diventa-associazione-aderente/")
    page.locator("main a[href$='/membership/apply/']").click()
    page.wait_for_url(f"**/{body.language}/membership/apply/")
    fine_to_look_at(page, body)
    page.locator("[name=name]").fill(body.name)
    page.locator("[name=name_own]").fill("جسر الأصوات")
    page.locator("[name=name_own_language]").select_option("ar")
    page.locator("[name=legal_form]").select_option("aps")
    page.locator("[name=tax_code]").fill(f"IT {body.tax_code}")
    page.locator("[name=founded]").fill("2015")
    page.locator("[name=contact_name]").fill("Awa Ndiaye")
    page.locator("[name=contact_email]").fill(body.email)
    page.locator("[name=contact_phone]").fill("333 1234567")
    page.locator("[name=representative_name]").fill("Ousmane Fall")
    page.locator("[name=representative_role]").fill("presidente")
    page.locator("[name=seat_address]").fill("via Roma 12")
    page.locator("[name=seat_city]").fill("Reggio Emilia")
    page.wait_for_timeout(2500)  # a form that is answered faster than a person can read is taken for a robot's
    press(page)
    page.wait_for_url("**/what/")


def tell(page, body):
    """The second step; the board is forgotten."""
    fine_to_look_at(page, body)
    page.locator("select[name=communities]").first.select_option("SN")
    page.locator("select[name=communities]").nth(1).select_option("MA")
    page.locator("select[name=languages]").first.select_option("wo")
    page.locator("[name=fields_of_work][value=culture]").check()
    page.locator("[name=fields_of_work][value=youth]").check()
    page.locator("[name=activities]").fill("Un doposcuola, due feste e un giornale murale.")
    page.locator("[name=presentation]").fill("Famiglie che cantano insieme in piazza.")
    page.locator("[name=interests][value=events]").check()
    page.locator("[name=members]").fill("45")
    press(page)
    page.wait_for_url("**/documents/")


def add(page, kind, file):
    page.locator("[name=kind]").select_option(kind)
    page.locator("[name=file]").set_input_files(file)
    press(page)
    page.wait_for_load_state()


def papers(page):
    return page.locator(".papers bdi").all_inner_texts()


def state(page):
    return page.locator(".box dd").first.inner_text()


def finish(page, body):
    """Back from the letter, with what was missing: a paper, then the board; then look over it all and send it."""
    assert state(page) == WORDS[body.language]["states"][0]
    fine_to_look_at(page, body)
    page.locator(".notice--warning a[href*='/what/']").click()
    assert page.url.endswith("/what/#id_officers")
    assert page.locator("[name=members]").input_value() == "45"
    page.locator("[name=officers]").fill("Ousmane Fall, presidente\nAwa Ndiaye, segretaria")
    press(page)
    page.wait_for_url(re.compile("/documents/"))
    assert papers(page) == ["statuto.pdf"]
    add(page, "deed", pdf("atto.pdf"))
    assert papers(page) == ["statuto.pdf", "atto.pdf"]
    page.locator("main .buttons a[href$='/check/']").click()
    page.wait_for_url("**/check/")
    assert page.locator(".notice--warning").count() == 0
    fine_to_look_at(page, body)
    for statement in ("aims", "democratic", "delegate"):
        page.locator(f"[name={statement}]").check()
    press(page)
    page.wait_for_url(re.compile(r"/membership/application/[^/]+/$"))


@pytest.mark.parametrize(("language", "viewport", "javascript"), SHAPES)
def test_association_applies(window, site, language, viewport, javascript):
    page, body = window(viewport, language, javascript=javascript), Body(language, javascript)
    begin(page, body)
    tell(page, body)

    add(page, "statute", pdf("statuto.pdf"))
    assert papers(page) == ["statuto.pdf"]
    add(page, "deed", PROGRAM)
    assert page.locator("[data-error-summary] a").count() == 1
    assert page.locator(".field--wrong .field__error, .field--wrong .errorlist").inner_text().strip() == body.said(
        "no paper"
    )
    assert page.locator("[name=kind]").input_value() == "deed"
    assert papers(page) == ["statuto.pdf"]
    fine_to_look_at(page, body)

    page.locator("main .buttons a[href$='/check/']").click()
    assert page.locator(".notice--warning a").count() == 2
    assert page.locator(".notice--warning a").first.inner_text() == body.said("officers")

    another_day = window(viewport, language, javascript=javascript)
    another_day.goto(site.link_in(letter(site, body, body.said("begun")), "/membership/application/"))
    finish(another_day, body)

    assert another_day.locator(".notice--success").count() == 1
    assert state(another_day) == WORDS[language]["states"][1]
    reference = another_day.locator(".box dd bdi").first.inner_text()
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{8}", reference)
    assert papers(another_day) == ["statuto.pdf", "atto.pdf"]
    fine_to_look_at(another_day, body)
    received = letter(site, body, body.said("received", reference=reference))
    assert site.link_in(received, "/membership/application/") == another_day.url
    page.goto(another_day.url + "documents/")
    assert page.url == another_day.url  # sent: the steps are closed


def test_desk_admits(window, site, sign_in):
    applicant, body = window(PHONE, "fr"), Body("fr")
    begin(applicant, body)
    tell(applicant, body)
    add(applicant, "statute", pdf("statuto.pdf"))
    applicant.goto(site.link_in(letter(site, body, body.said("begun")), "/membership/application/"))
    finish(applicant, body)

    reviewer = window(DESKTOP, "it")
    sign_in(reviewer, "adesioni@mondinsieme.example")
    open_application(reviewer, body)
    step(reviewer, "review").click()
    reviewer.wait_for_url("**/application/inspect/**")
    assert step(reviewer, "admit").count() == 0  # four eyes
    assert step(reviewer, "refuse").count() == 0

    board = window(DESKTOP, "it")
    sign_in(board, "direzione@mondinsieme.example")
    open_application(board, body)
    with board.expect_download() as download:
        board.locator("a[href*='/application/documents/']").first.click()
    assert re.fullmatch(r"[0-9a-f]{8}\.pdf", download.value.suggested_filename)  # what lands on a desk names nobody
    assert download.value.path().read_bytes() == small_pdf()
    board.locator("form[action*='/application/admit/'] input[type=text]").fill("12 del 3 marzo")
    step(board, "admit").click()
    board.wait_for_url("**/application/inspect/**")
    assert board.locator("form[action*='/application/']").count() == 0  # decided

    letter(site, body, body.said("admitted"))
    applicant.reload()
    assert state(applicant) == WORDS["fr"]["states"][2]
    in_register(board, body)
    assert applicant.request.get(f"/it/associazioni/{body.slug}/").status == 404
    approver = window(DESKTOP, "it")
    sign_in(approver, "approvazione@mondinsieme.example")
    drafted_page(approver, body)


def step(page, name):
    return page.locator(f"form[action*='/application/{name}/'] button[type=submit]")


def open_menu(page, entry):
    """An entry of a group of the sidebar."""
    page.locator(f"nav li:has(a[href='{entry}']) > button").click()
    page.locator(f"nav a[href='{entry}']").click()
    page.wait_for_url(f"**{entry}")


def open_application(page, body):
    open_menu(page, "/admin/application/")
    page.locator("main table a", has_text=body.name).first.click()
    page.wait_for_url("**/application/inspect/**")
    assert page.locator("main dd", has_text=body.tax_code).count() == 1


def in_register(page, body):
    """A member from today on, found by its name."""
    open_menu(page, "/admin/association/")
    page.locator("main [name=q]").fill(body.key)
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(body.name)
    expect(rows).to_contain_text(str(time.localtime().tm_year))


def drafted_page(page, body):
    """In the page explorer, under the Italian list of associations: a draft with what the association said of itself."""
    page.locator("nav button:has(.icon-folder-open-inverse)").click()
    page.locator("nav a", has_text="Italiano").first.click()
    page.locator("main tr", has=page.get_by_role("link", name="Associazioni", exact=True)).locator(
        ".children a"
    ).click()
    row = page.locator("main tr", has_text=body.name)
    row.wait_for()
    assert row.locator("a.w-status").count() == 0  # nothing to visit
    row.locator("a", has_text=body.name).first.click()
    page.wait_for_url("**/edit/")
    assert page.locator("[name=title]").input_value() == body.name
    assert page.locator("[name=slug]").input_value() == body.slug
    assert page.locator("[name=introduction]").input_value() == "Famiglie che cantano insieme in piazza."
