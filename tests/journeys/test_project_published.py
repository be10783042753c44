"""A project on its way to the readers: written, approved by another, found; then in Arabic, by the same road."""

import uuid

from journey_shapes import DESKTOP, PHONE

EDITOR, APPROVER, TRANSLATOR = (
    f"{name}@mondinsieme.example" for name in ("redazione", "approvazione", "traduzione")
)  # fmt: skip
SUBMIT = "[name=action-submit]"
TEXT = ["Le cucine di quartiere si aprono a chi passa.", "Ogni sera ha un paese ospite."]


def write_project(page, word):
    """From the dashboard to a new project, through the real editor, and to review with it."""
    page.goto("/admin/pages/")
    page.locator("main table tr", has_text="Italiano").locator("a[href$='/edit/']").first.click()
    open_children(page)
    page.locator("main table a[href$='/edit/']", has_text="Progetti").first.click()
    open_children(page)
    page.locator("a[href*='/add_subpage/']").first.click()
    fill_project(page, word)
    press_in_menu(page, SUBMIT)
    page.locator(".messages .success").wait_for()


def fill_project(page, word):
    page.locator("[name=title]").fill(f"Cucine aperte {word}")
    page.locator("[name=introduction]").fill("Si cucina insieme, una sera al mese.")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name="Testo", exact=True).click()
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type(TEXT[0])
    page.keyboard.press("Enter")
    page.keyboard.type(TEXT[1])
    page.get_by_role("tab", name="Ricerca e condivisione").click()
    page.locator("[name=search_description]").fill(f"Le cucine del quartiere {word}.")


def open_children(page):
    """From the editor of a page to the list of what is below it."""
    page.wait_for_url("**/edit/")
    page.goto(page.url.removesuffix("edit/"))


def press_in_menu(page, selector):
    """A button of the menu at the foot of the editor."""
    page.locator("footer .w-dropdown__toggle").first.click()
    page.locator(f"footer {selector}").click()


def open_from_dashboard(page, text):
    page.goto("/admin/")
    page.locator("main table a[href$='/edit/']", has_text=text).first.click()
    page.wait_for_url("**/edit/")


def open_from_search(page, title):
    page.goto(f"/admin/pages/search/?q={title.split()[-1]}")
    page.locator("main table tr", has_text="Italiano").locator("a[href$='/edit/']", has_text=title).first.click()
    page.wait_for_url("**/edit/")


def open_new_project(page):
    open_from_search(page, "Progetti")
    page.goto(page.url.replace("edit/", "add_subpage/"))
    page.wait_for_url("**/add/projects/projectpage/**")


def approve(page, title):
    open_from_dashboard(page, title)
    press_in_menu(page, "[data-workflow-action-name=approve]:not([data-workflow-action-modal-url])")
    page.locator(".messages .success").wait_for()


def translate(page, texts):
    """Every sentence on every tab, from top to bottom; the bar above counts along."""
    for tab in page.locator(".js-translation-editor [role=tab]").all():
        tab.click()
        while (row := page.locator("li.incomplete:visible").first).count():
            source = row.locator("p").first.inner_text()
            row.get_by_role("button", name="Traduci").click()
            page.wait_for_function("() => document.activeElement.matches('textarea, [contenteditable]')")
            page.keyboard.type(texts[source])
            left = page.locator("li.incomplete").count() - 1
            page.locator("li.incomplete:visible").first.get_by_role("button", name="Salva").click()
            expected = f"{left} fras" if left else "Tutte le frasi sono tradotte."
            page.locator(".review-bar", has_text=expected).wait_for()


def look(window, path, language):
    """The public page as readers see it, on a phone and on a desktop: the same words, never wider than the window."""
    seen = []
    for viewport in (PHONE, DESKTOP):
        page = window(viewport, language)
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        prose = page.locator(".prose")
        style = "element => getComputedStyle(element).direction"
        seen.append(
            {
                "title": page.locator("h1").inner_text().strip(),
                "text": prose.locator("p").all_inner_texts(),
                "page": page.locator("html").evaluate(style),
                "prose": prose.evaluate(style),
                "notice": page.locator(".notice--warning").count(),
            }
        )
    assert seen[0] == seen[1]
    return seen[0]


def finds(window, language, words, path):
    page = window(DESKTOP, language)
    page.goto(f"/{language}/search/?q={words}")
    return page.locator(f".hits a[href$='{path}']").count()


def test_project_is_written_approved_translated_and_approved_again(window, desk, site):
    word = f"z{uuid.uuid4().hex[:8]}"
    title, path = f"Cucine aperte {word}", f"/progetti/cucine-aperte-{word}/"
    editor, approver, translator = desk(EDITOR), desk(APPROVER), desk(TRANSLATOR)

    write_project(editor, word)
    assert editor.request.get(f"{site.url}/it{path}").status == 404
    assert finds(window, "it", word, path) == 0

    approve(approver, title)
    italian = {"title": title, "text": TEXT, "page": "ltr", "prose": "ltr", "notice": 0}
    assert look(window, f"/it{path}", "it") == italian
    assert finds(window, "it", f"cucina+{word}", path) == 1

    ask_for_arabic(editor, title)
    open_from_dashboard(translator, title)
    arabic_title, arabic_text = f"مطابخ مفتوحة {word}", ["تفتح مطابخ الحي أبوابها لكل عابر.", "لكل مساء بلد ضيف."]
    translate(
        translator,
        {
            title: arabic_title,
            "Si cucina insieme, una sera al mese.": "نطبخ معًا مساءً واحدًا كل شهر.",
            TEXT[0]: arabic_text[0],
            TEXT[1]: arabic_text[1],
            f"Le cucine del quartiere {word}.": f"مطابخ الحي {word}.",
        },
    )
    translator.get_by_role("button", name="Invia in revisione").click()
    translator.locator(".review-bar", has_text="In revisione").wait_for()
    assert look(window, f"/ar{path}", "ar") == {**italian, "page": "rtl", "notice": 1}
    assert finds(window, "ar", word, path) == 0

    open_from_dashboard(approver, arabic_title)
    assert approver.get_by_role("button", name="Invia in revisione").count() == 0
    approver.get_by_role("link", name="Confronta e decidi").click()
    approver.get_by_role("button", name="Approva e pubblica").wait_for()
    rows = approver.locator("main tbody tr").all()
    assert (TEXT[0], arabic_text[0]) in [tuple(row.locator("td").all_inner_texts()) for row in rows]
    approver.get_by_role("button", name="Approva e pubblica").click()
    approver.locator(".review-bar", has_text="Chi legge vede questa traduzione.").wait_for()
    assert look(window, f"/ar{path}", "ar") == {
        "title": arabic_title, "text": arabic_text, "page": "rtl", "prose": "rtl", "notice": 0,
    }  # fmt: skip
    assert look(window, f"/it{path}", "it") == italian
    assert finds(window, "ar", f"مطبخ+{word}", path) == 1


def ask_for_arabic(page, title):
    open_from_search(page, title)
    page.locator("header .w-dropdown__toggle, .w-slim-header .w-dropdown__toggle").first.click()
    page.get_by_role("link", name="Traduci questa pagina").click()
    page.get_by_label("العربية").check()
    page.locator("main form [type=submit]").click()
    page.locator(".messages .success").wait_for()


def test_who_wrote_a_project_cannot_approve_it(desk, site):
    word = f"z{uuid.uuid4().hex[:8]}"
    approver = desk(APPROVER)

    write_project(approver, word)
    open_from_dashboard(approver, word)

    assert approver.locator("[data-workflow-action-name=approve]").count() == 0
    assert approver.locator("[data-workflow-action-name=reject]").count() == 1
    assert "un’altra persona" in approver.locator(".messages").inner_text()
    assert approver.request.get(f"{site.url}/it/progetti/cucine-aperte-{word}/").status == 404


def test_the_last_words_before_the_press_are_kept(desk):
    """The text editor hands over what was typed a moment after the last key; whoever is quicker loses nothing."""
    word = f"z{uuid.uuid4().hex[:8]}"
    editor = desk(EDITOR)

    open_new_project(editor)
    fill_project(editor, word)
    editor.get_by_role("tab", name="Contenuto").click()
    editor.locator("[data-text]").last.click()
    editor.keyboard.press("End")
    editor.keyboard.type(" Anche domani.")
    editor.keyboard.press("Control+s")
    editor.locator(".messages .success").wait_for()

    assert editor.locator("[data-text]").all_inner_texts() == [TEXT[0], f"{TEXT[1]} Anche domani."]


def test_a_press_while_the_editor_saves_by_itself_is_not_lost(desk):
    """The draft that the editor makes by itself is on its way when the button is pressed: one page, submitted."""
    word = f"z{uuid.uuid4().hex[:8]}"
    editor = desk(EDITOR)
    answers = []

    def hold(route):
        if route.request.method == "POST" and "json" in route.request.headers["accept"]:
            answers.append((route, route.fetch()))
        else:
            route.continue_()

    # The editor takes what stands there after two seconds for the beginning; only what comes later is a change.
    editor.add_init_script("addEventListener('w-unsaved:watch-edits', () => { window.watching = true })")
    open_new_project(editor)
    editor.route(editor.url, hold)
    editor.wait_for_function("() => window.watching")
    fill_project(editor, word)
    for _tenth in range(300):
        if answers:
            break
        editor.wait_for_timeout(100)
    press_in_menu(editor, SUBMIT)
    route, answer = answers[0]
    route.fulfill(response=answer)
    editor.locator(".messages .success").wait_for()

    rows = editor.locator("main table tr", has_text=word)
    assert rows.count() == 1
    assert "moderazione" in rows.inner_text().lower()
