import pytest
from editorial_kit import ABOUT_TEXTS, HOME_TEXTS, translation_of
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringSegment, TranslationSource

from foundation_site.core.models import Footer, FoundationImage, Navigation, Topic
from foundation_site.editorial.translations import TextsDiffer, publish_translation
from home.models import StandardPage
from projects.agreements.models import Agreement
from projects.funding.models import Grant
from projects.models import AgreementIndexPage, AgreementPage, GoodPracticeIndexPage, GoodPracticePage, PromiseText


def progress(instance, locale):
    return translation_of(instance, locale).get_progress()


def test_page_is_published_with_every_sentence_translated(about, arabic_home, locales):
    arabic = publish_translation(about, "ar", ABOUT_TEXTS)

    assert arabic.live
    assert arabic.alias_of is None
    assert arabic.get_parent().specific == arabic_home
    assert (arabic.title, arabic.introduction) == ("من نحن", "مؤسسة المدينة.")
    assert arabic.body[0].value.source == "<p>تأسسنا عام 2010.</p><p>نعمل مع الجميع.</p>"
    assert about.get_translation(locales["ar"]).specific == arabic
    assert progress(about, locales["ar"]) == (5, 5)


def test_slugs_stay_those_of_the_source_except_for_front_pages(about, arabic_home, locales):
    english_home = publish_translation(
        about.get_parent().specific, locales["en"], {**HOME_TEXTS, "title": "Foundation"}
    )
    arabic = publish_translation(about, locales["ar"], {**ABOUT_TEXTS, "slug": "man-nahnu"})

    assert arabic.slug == "chi-siamo"
    assert len({"home", arabic_home.slug, english_home.slug}) == 3


def test_second_time_replaces_the_texts(about, arabic_home, locales):
    first = publish_translation(about, locales["ar"], ABOUT_TEXTS)

    second = publish_translation(about, locales["ar"], {**ABOUT_TEXTS, "title": "عن المؤسسة"})

    assert second.pk == first.pk
    assert (second.title, second.slug, second.url_path) == ("عن المؤسسة", "chi-siamo", first.url_path)


def test_a_changed_sentence_marks_the_translation_as_behind(about, arabic_home, locales):
    publish_translation(about, locales["ar"], ABOUT_TEXTS)
    about.introduction = "Una fondazione della città e della provincia."
    about.save_revision().publish()

    TranslationSource.objects.get_for_instance(about).update_from_db()

    assert progress(about, locales["ar"]) == (5, 4)


def blocks(home):
    return [
        ("heading", {"text": "Titolo", "level": "h2"}),
        (
            "text",
            f'<p><a linktype="page" id="{home.pk}">Là</a> e <a href="https://example.org/it">qui</a> si legge</p>',
        ),
        ("quote", {"text": "Nio far.", "language": "wo", "source": "Proverbio", "translation": "Siamo insieme."}),
        ("table", {"caption": "Orari", "header": ["Giorno", "Ora"], "rows": [{"cells": ["Lunedì", "9–13"]}]}),
        ("accordion", [{"title": "Quando?", "text": "<p>Sempre.</p>"}]),
        ("timeline", [{"date": "2010", "title": "Nascita", "text": ""}]),
    ]


def arabic_blocks(home):
    return [
        ("heading", {"text": "عنوان", "level": "h2"}),
        ("text", f'<p>اقرأ <a href="https://example.org/ar">هنا</a> و<a linktype="page" id="{home.pk}">هناك</a></p>'),
        ("quote", {"text": "Nio far.", "language": "wo", "source": "مثل", "translation": ""}),
        ("table", {"caption": "المواعيد", "header": ["اليوم", "الساعة"], "rows": [{"cells": ["الاثنين", "9–13"]}]}),
        ("accordion", [{"title": "متى؟", "text": "<p>دائما.</p>"}]),
        ("timeline", [{"date": "2010", "title": "التأسيس", "text": ""}]),
    ]


def test_every_kind_of_block_meets_its_translation(home, arabic_home, locales):
    page = home.add_child(
        instance=StandardPage(
            title="Blocchi", slug="blocchi", locale=home.locale, search_description="x", body=blocks(home)
        )
    )
    page.save_revision().publish()

    arabic = publish_translation(
        page, locales["ar"], {"title": "كتل", "search_description": "س", "body": arabic_blocks(home)}
    )

    assert [
        block.block.get_prep_value(block.value)
        for block in arabic.body
        if block.block_type in {"heading", "text", "quote"}
    ] == [
        {"text": "عنوان", "level": "h2"},
        f'<p>اقرأ <a href="https://example.org/ar">هنا</a> و<a id="{home.pk}" linktype="page">هناك</a></p>',
        {"text": "Nio far.", "language": "wo", "source": "مثل", "translation": ""},
    ]
    table = next(block.value for block in arabic.body if block.block_type == "table")
    assert [list(row["cells"]) for row in table["rows"]] == [["الاثنين", "9–13"]]
    assert [block.id for block in arabic.body] == [block.id for block in page.body]
    total, translated = progress(page, locales["ar"])
    assert total == translated == StringSegment.objects.filter(source__object_id=page.translation_key).count()
    assert SegmentOverride.objects.count() == 1


def test_children_of_a_page_are_translated_by_position(home, arabic_home, locales):
    index = home.add_child(
        instance=AgreementIndexPage(title="Accordi", slug="accordi", locale=home.locale, search_description="x")
    )
    agreement = Agreement.objects.create(slug="pemba", kind="twinning", partner="Pemba", country="MZ")
    page = index.add_child(
        instance=AgreementPage(
            title="Pemba", slug="pemba", locale=home.locale, search_description="x", agreement=agreement
        )
    )
    page.promise_texts = [PromiseText(number=1, title="Acqua", text="Pozzi."), PromiseText(number=2, title="Scuola")]
    page.save_revision().publish()
    publish_translation(index, locales["ar"], {"title": "اتفاقيات", "search_description": "س"})
    texts = [{"title": "الماء", "text": "آبار."}, {"title": "المدرسة"}]

    arabic = publish_translation(
        page, locales["ar"], {"title": "بيمبا", "search_description": "س", "promise_texts": texts}
    )

    assert list(arabic.promise_texts.values_list("number", "title", "text")) == [
        (1, "الماء", "آبار."),
        (2, "المدرسة", ""),
    ]
    assert arabic.agreement == agreement
    assert progress(page, locales["ar"]) == (5, 5)


def test_instance_of_the_same_class_serves_as_texts(about, arabic_home, locales):
    arabic = publish_translation(about, locales["ar"], StandardPage(**ABOUT_TEXTS))

    assert arabic.body[0].id == about.body[0].id
    assert progress(about, locales["ar"]) == (5, 5)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ({"body": []}, "body: 1 parts in the source, 0 in the translation"),
        (
            {"body": [("heading", {"text": "عنوان", "level": "h2"})]},
            "body.0: text in the source, heading in the translation",
        ),
        ({"seo_title": "عنوان"}, "seo_title: 0 sentences in the source, 1 in the translation"),
    ],
    ids=["a block is missing", "another kind of block", "text that the source does not have"],
)
def test_texts_that_do_not_match_are_refused(about, arabic_home, locales, texts, message):
    with pytest.raises(TextsDiffer, match=message):
        publish_translation(about, locales["ar"], {**ABOUT_TEXTS, **texts})

    assert not about.has_translation(locales["ar"])


def test_a_paragraph_too_few_is_refused(about, arabic_home, locales):
    with pytest.raises(TextsDiffer, match="2 sentences in the source, 1 in the translation"):
        publish_translation(about, locales["ar"], {**ABOUT_TEXTS, "body": [("text", "<p>تأسسنا.</p>")]})


def test_snippets_are_published_too(home, locales):
    topic = Topic.objects.create(locale=locales["it"], name="Scuola", slug="education", order=3)
    menu = Navigation.objects.create(
        locale=locales["it"],
        items=[
            (
                "item",
                {
                    "link": {"text": "Corsi", "page": home},
                    "children": [{"text": "Arabo", "url": "https://example.org/"}],
                },
            )
        ],
    )
    footer = Footer.objects.create(
        locale=locales["it"],
        text="Una fondazione.",
        columns=[("column", {"title": "Noi", "links": [{"text": "Chi siamo", "page": home}]})],
    )

    arabic_topic = publish_translation(topic, locales["ar"], {"name": "المدرسة"})
    arabic_menu = publish_translation(
        menu,
        locales["ar"],
        {
            "items": [
                (
                    "item",
                    {
                        "link": {"text": "دورات", "page": home},
                        "children": [{"text": "العربية", "url": "https://example.org/"}],
                    },
                )
            ]
        },
    )
    arabic_footer = publish_translation(
        footer,
        locales["ar"],
        {"text": "مؤسسة.", "columns": [("column", {"title": "نحن", "links": [{"text": "من نحن", "page": home}]})]},
    )

    assert (arabic_topic.name, arabic_topic.slug, arabic_topic.order) == ("المدرسة", "education", 3)
    assert topic.get_translation(locales["ar"]) == arabic_topic
    item = arabic_menu.items[0].value
    assert (item["link"]["text"], item["link"]["page"].specific, item["children"][0]["text"]) == (
        "دورات",
        home,
        "العربية",
    )
    assert (arabic_footer.text, arabic_footer.columns[0].value["title"]) == ("مؤسسة.", "نحن")
    assert [progress(snippet, locales["ar"]) for snippet in (topic, menu, footer)] == [(1, 1), (2, 2), (3, 3)]


def test_translator_is_offered_another_picture_and_no_other_fact(home, arabic_home, locales, publish):
    index = publish(home, GoodPracticeIndexPage(title="Buone pratiche", slug="buone-pratiche"))
    publish_translation(index, locales["ar"], {"title": "ممارسات", "search_description": "س"})
    page = GoodPracticePage(
        title="Orti", slug="orti", search_description="x", start_year=2016, grant=Grant.objects.create(slug="g", title="G"),
        source_title="ICC", source_url="https://example.org/", date_text="dal 2016",
        image=FoundationImage.objects.create(title="Orti", file="orti.png", width=1, height=1, only_decorates=True),
    )  # fmt: skip
    publish(index, page)

    publish_translation(page, locales["ar"], {"title": "حدائق", "search_description": "س", "date_text": "منذ 2016"})

    assert {segment.context.path for segment in OverridableSegment.objects.all()} == {"image"}


def test_fact_that_changes_is_the_same_in_the_next_translation(home, arabic_home, locales, publish):
    index = publish(home, AgreementIndexPage(title="Accordi", slug="accordi"))
    publish_translation(index, locales["ar"], {"title": "اتفاقيات", "search_description": "س"})
    pemba, zara = (Agreement.objects.create(slug=slug, kind="twinning", partner=slug) for slug in ("pemba", "zara"))
    page = publish(index, AgreementPage(title="Pemba", slug="pemba", agreement=pemba))
    publish_translation(page, locales["ar"], {"title": "بيمبا", "search_description": "س"})

    page.agreement = zara
    page.save_revision().publish()
    arabic = publish_translation(page, locales["ar"], {"title": "زارا", "search_description": "س"})

    assert arabic.agreement == zara
