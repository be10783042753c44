import json

import pytest
from django.urls import reverse
from editorial_kit import change_and_sync, translate, translation_of
from wagtail.models import Page, WorkflowState
from wagtail_localize.models import StringTranslation, Translation

from foundation_site.core.models import Topic
from foundation_site.editorial.enums import Role
from foundation_site.editorial.review import Sentence, side_by_side
from foundation_site.editorial.translations import publish_translation
from home.models import NewsPage

INTRODUCTION = {"Una fondazione di tutti.": "مؤسسة للجميع."}
ALL = {
    "Chi siamo": "من نحن",
    "Una fondazione della città.": "مؤسسة المدينة.",
    "La nostra storia.": "تاريخنا.",
    "Siamo nati nel 2010.": "تأسسنا عام 2010.",
    "Lavoriamo con tutti.": "نعمل مع الجميع.",
}


@pytest.fixture
def translator(person):
    return person(Role.TRANSLATORS)


@pytest.fixture
def first(about, house, translator, signed_in, locales):
    """A draft of the Arabic page, asked for by the translator, with nothing translated."""
    signed_in(translator).post(f"/admin/localize/submit/page/{about.pk}/", {"locales": [locales["ar"].pk]})
    return translation_of(about, locales["ar"])


@pytest.fixture
def update(about, arabic_about, translator, locales):
    """A live Arabic page whose source has a new sentence, translated and not yet sent."""
    change_and_sync(about, introduction="Una fondazione di tutti.")
    translation = translation_of(about, locales["ar"])
    translate(translation, INTRODUCTION, translator)
    return translation


def submit(client, translation):
    return client.post(f"/admin/editorial/translations/{translation.pk}/submit/", follow=True)


def approve(client, page, action="approve", **data):
    arguments = [page.pk, action, page.current_workflow_task_state.pk]
    return client.post(reverse("wagtailadmin_pages:workflow_action", args=arguments), data)


def target(translation):
    return translation.get_target_instance()


def test_asking_for_a_translation_makes_a_draft(first):
    assert not target(first).live
    assert target(first).slug == "chi-siamo"


def test_first_publication_goes_through_review(first, translator, person, signed_in):
    translate(first, ALL, translator)

    submit(signed_in(translator), first)

    page = target(first)
    assert not page.live
    assert page.current_workflow_state.status == WorkflowState.STATUS_IN_PROGRESS
    approve(signed_in(person(Role.APPROVERS)), page)
    page = target(first)
    assert (page.live, page.title, page.introduction) == (True, "من نحن", "مؤسسة المدينة.")
    assert page.body[0].value.source == "<p>تأسسنا عام 2010.</p><p>نعمل مع الجميع.</p>"


def test_update_of_a_live_page_goes_through_review(update, translator, person, signed_in):
    submit(signed_in(translator), update)

    page = target(update)
    assert (page.live, page.introduction, page.has_unpublished_changes) == (True, "مؤسسة المدينة.", True)
    approve(signed_in(person(Role.APPROVERS)), page)
    page = target(update)
    assert (page.introduction, page.has_unpublished_changes, page.slug) == ("مؤسسة للجميع.", False, "chi-siamo")


def test_children_survive_review(update, translator, person, signed_in):
    blocks = [block.id for block in target(update).body]
    submit(signed_in(translator), update)

    approve(signed_in(person(Role.APPROVERS)), target(update))

    assert [block.id for block in target(update).body] == blocks


def test_sentences_that_are_missing_hold_it_back(first, translator, signed_in):
    translate(first, {"Chi siamo": "من نحن"}, translator)

    response = submit(signed_in(translator), first)

    assert "4 sentences are not translated yet" in response.content.decode()
    assert target(first).current_workflow_state is None


def test_sent_back_and_submitted_again(update, translator, person, signed_in):
    approver = person(Role.APPROVERS)
    submit(signed_in(translator), update)

    approve(signed_in(approver), target(update), "reject", comment="Il tono è troppo formale.")
    page = target(update)
    editor = signed_in(translator).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert page.current_workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
    assert "Il tono è troppo formale." in editor
    translate(update, {"Una fondazione di tutti.": "مؤسسة لكل الناس."}, translator)
    submit(signed_in(translator), update)
    approve(signed_in(approver), target(update))

    assert target(update).introduction == "مؤسسة لكل الناس."


def test_translators_wait_while_it_is_in_review(update, translator, signed_in):
    submit(signed_in(translator), update)

    response = submit(signed_in(translator), update)

    assert "Ask them to send it back" in response.content.decode()
    assert target(update).workflow_states.count() == 1


def test_who_translated_cannot_approve_though_another_submitted(update, translator, person, signed_in):
    approver = person(Role.APPROVERS)
    StringTranslation.objects.update(last_translated_by=approver)

    submit(signed_in(translator), update)

    page = target(update)
    assert {name for name, *_ in page.current_workflow_task.get_actions(page, approver)} == {"reject"}


@pytest.mark.parametrize("role", [Role.TRANSLATORS, Role.EDITORS, Role.APPROVERS, Role.ADMINISTRATORS, None], ids=str)
def test_publish_in_the_translation_editor_sends_to_review(
    update, person, superuser, signed_in, django_capture_on_commit_callbacks, role
):
    user = person(role, "altra") if role else superuser

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(user).post(f"/admin/pages/{target(update).pk}/edit/", {"action": "publish"})

    page = target(update)
    assert page.introduction == "مؤسسة المدينة."
    assert page.current_workflow_state.requested_by == user


@pytest.mark.parametrize("role", [Role.COURSE_DESK, Role.MEMBERSHIP_DESK], ids=str)
def test_desks_cannot_submit(update, person, signed_in, role):
    submit(signed_in(person(role)), update)

    assert target(update).current_workflow_state is None


def test_sync_never_publishes(about, arabic_about, person, signed_in, locales, django_capture_on_commit_callbacks):
    about.introduction = "Una fondazione di tutti."
    about.save_revision().publish()
    translation = translation_of(about, locales["ar"])

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(person(Role.APPROVERS)).post(
            f"/admin/localize/update/{translation.source_id}/", {"publish_translations": "on"}
        )

    assert translation.get_progress() == (5, 4)
    assert target(translation).introduction == "مؤسسة المدينة."


def test_asking_for_a_subtree_leaves_live_pages_alone(
    home, update, person, signed_in, locales, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(person(Role.TRANSLATORS, "altra")).post(
            f"/admin/localize/submit/page/{home.pk}/",
            {"locales": [locales["fr"].pk, locales["ar"].pk], "include_subtree": "on"},
        )
        signed_in(person(Role.TRANSLATORS, "terza")).post(
            f"/admin/localize/submit/page/{home.pk}/", {"locales": [locales["fr"].pk], "include_subtree": "on"}
        )

    assert target(update).introduction == "مؤسسة المدينة."
    assert list(Page.objects.filter(locale=locales["fr"]).values_list("live", flat=True)) == [False, False]


def test_missing_parents_become_drafts_not_copies(about, house, translator, signed_in, locales):
    signed_in(translator).post(f"/admin/localize/submit/page/{about.pk}/", {"locales": [locales["es"].pk]})

    assert list(Page.objects.filter(locale=locales["es"]).values_list("alias_of", "live")) == [
        (None, False),
        (None, False),
    ]


def test_a_copy_does_not_stay_live_in_italian(about, house, translator, signed_in, locales):
    alias = about.copy_for_translation(locales["fr"], copy_parents=True, alias=True)
    assert alias.live

    signed_in(translator).post(f"/admin/localize/submit/page/{about.pk}/", {"locales": [locales["fr"].pk]})

    alias.refresh_from_db()
    assert (alias.alias_of, alias.live) == (None, False)


def test_a_translation_does_not_become_a_copy(arabic_about, superuser, house, signed_in):
    signed_in(superuser).post(f"/admin/localize/page/{arabic_about.pk}/convert_to_alias/")

    arabic_about.refresh_from_db()
    assert (arabic_about.alias_of, arabic_about.title) == (None, "من نحن")


def test_translations_start_from_italian(arabic_about, superuser, house, signed_in, locales):
    response = signed_in(superuser).post(
        f"/admin/localize/submit/page/{arabic_about.pk}/", {"locales": [locales["fr"].pk]}, follow=True
    )

    assert "Translations start from the Italian text" in response.content.decode()
    assert not Page.objects.filter(locale=locales["fr"]).exists()


def test_snippets_take_the_right_to_change_them(home, house, translator, person, signed_in, locales):
    topic = Topic.objects.create(locale=locales["it"], name="Scuola", slug="education")
    publish_translation(topic, locales["ar"], {"name": "المدرسة"})
    source = translation_of(topic, locales["ar"]).source_id
    Topic.objects.filter(pk=topic.pk).update(name="La scuola")

    signed_in(translator).post(f"/admin/localize/update/{source}/", {"publish_translations": "on"})
    signed_in(translator).post(
        f"/admin/localize/submit/snippet/core/topic/{topic.pk}/", {"locales": [locales["fr"].pk]}
    )
    by_translator = set(Topic.objects.values_list("locale__language_code", "name"))
    signed_in(person(Role.APPROVERS)).post(
        f"/admin/localize/submit/snippet/core/topic/{topic.pk}/", {"locales": [locales["fr"].pk]}
    )

    assert by_translator == {("it", "La scuola"), ("ar", "المدرسة")}
    assert Topic.objects.filter(locale=locales["fr"]).exists()


def test_a_sentence_too_long_is_marked_and_holds_the_page_back(update, translator, signed_in):
    segment = update.source.stringsegment_set.get(context__path="introduction")

    client = signed_in(translator)
    url = f"/admin/localize/translate/{update.pk}/strings/{segment.pk}/edit/"
    answer = client.put(url, f"value={'a' * 301}", content_type="application/x-www-form-urlencoded")
    submit(client, update)

    assert answer.json()["error"] == "Too long: 301 characters, at most 300 fit."
    assert update.get_progress() == (5, 4)
    assert target(update).current_workflow_state is None


def test_editor_offers_what_comes_next(update, translator, person, signed_in):
    url = f"/admin/pages/{target(update).pk}/edit/"

    before = signed_in(translator).get(url).content.decode()
    submit(signed_in(translator), update)
    waiting = signed_in(translator).get(url).content.decode()
    deciding = signed_in(person(Role.APPROVERS)).get(url).content.decode()

    assert "Submit to review" in before
    assert "Submit to review" not in waiting
    assert "Compare and decide" in deciding
    assert '"canPublish": false' in before.replace("&quot;", '"')


def test_review_shows_source_proposal_and_live_text(update, translator, person, signed_in):
    submit(signed_in(translator), update)
    approver = person(Role.APPROVERS)

    html = signed_in(approver).get(f"/admin/editorial/translations/{update.pk}/review/").content.decode()

    rows = side_by_side(update, target(update))
    assert [row for row in rows if row.changed] == [
        Sentence("Una fondazione di tutti.", "مؤسسة للجميع.", "مؤسسة المدينة.")
    ]
    assert len(rows) == 5
    assert "<mark>مؤسسة للجميع.</mark>" in html
    assert "Approve and publish" in html


def test_review_has_no_approval_for_who_translated(update, translator, person, signed_in):
    approver = person(Role.APPROVERS)
    submit(signed_in(translator), update)
    StringTranslation.objects.update(last_translated_by=approver)

    html = signed_in(approver).get(f"/admin/editorial/translations/{update.pk}/review/").content.decode()

    assert "Approve and publish" not in html
    assert "somebody else must approve it" in html


def test_dashboard_lists_what_to_translate(about, arabic_about, translator, person, signed_in):
    change_and_sync(about, introduction="Una fondazione di tutti.")

    mine = signed_in(translator).get("/admin/").content.decode()
    desk = signed_in(person(Role.COURSE_DESK)).get("/admin/").content.decode()

    assert f"/admin/pages/{arabic_about.pk}/edit/" in mine
    assert "to-translate" not in desk


def test_editor_does_not_offer_to_become_a_copy(update, translator, signed_in):
    html = signed_in(translator).get(f"/admin/pages/{target(update).pk}/edit/").content.decode()

    assert '"convertToAliasUrl": null' in html.replace("&quot;", '"')


def hand_edit(page, user, body):
    """Sync is stopped and the page edited like any other."""
    Translation.objects.filter(source__object_id=page.translation_key).update(enabled=False)
    page.introduction = "مؤسسة كتبت باليد."
    page.body = body
    page.save_revision(user=user)


def restart(client, page):
    return client.post(f"/admin/pages/{page.pk}/edit/", {"localize-restart-translation": "on"}, follow=True)


def test_hand_edits_survive_a_restart(about, arabic_about, person, translator, signed_in, locales):
    texts = "<p>نص جديد باليد.</p><p>نعمل مع الجميع.</p>"
    hand_edit(
        arabic_about,
        person(Role.EDITORS),
        json.dumps([{"type": "text", "value": texts, "id": arabic_about.body[0].id}]),
    )

    restart(signed_in(translator), arabic_about)
    translation = translation_of(about, locales["ar"])
    submit(signed_in(translator), translation)
    approve(signed_in(person(Role.APPROVERS)), target(translation))

    page = target(translation)
    assert translation.enabled
    assert (page.introduction, page.body[0].value.source) == ("مؤسسة كتبت باليد.", texts)


def test_restart_is_refused_where_hand_edits_would_be_lost(about, arabic_about, person, translator, signed_in, locales):
    hand_edit(
        arabic_about, person(Role.EDITORS), [("text", "<p>واحد</p>"), ("heading", {"text": "جديد", "level": "h2"})]
    )

    response = restart(signed_in(translator), arabic_about)

    assert "no longer match the Italian ones" in response.content.decode()
    assert not translation_of(about, locales["ar"]).enabled


def test_a_new_italian_sentence_stays_to_be_translated_after_a_restart(
    about, arabic_about, person, translator, signed_in, locales
):
    hand_edit(arabic_about, person(Role.EDITORS), arabic_about.body)
    change_and_sync(about, introduction="Una fondazione di tutti.")

    restart(signed_in(translator), arabic_about)

    assert translation_of(about, locales["ar"]).get_progress() == (5, 4)


def test_topics_follow_with_the_next_version(home, house, news_index, translator, person, signed_in, publish, locales):
    topics = [
        Topic.objects.create(locale=locales["it"], name=name, slug=name, order=order) for order, name in enumerate("ab")
    ]
    news = publish(news_index, NewsPage(title="Festa", slug="festa", topics=topics[:1]))
    publish_translation(news_index, "ar", {"title": "أخبار", "search_description": "أخبار"})
    publish_translation(news, "ar", {"title": "عيد", "search_description": "عيد"})
    change_and_sync(news, topics=topics[1:])
    translation = translation_of(news, locales["ar"])

    submit(signed_in(translator), translation)
    approve(signed_in(person(Role.APPROVERS)), target(translation))

    assert list(target(translation).topics.all()) == topics[1:]
