from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.snippets.models import register_snippet

from . import gates, views
from .panels import ToReviewPanel, ToTranslatePanel
from .viewsets import SiteWordsViewSetGroup

register_snippet(SiteWordsViewSetGroup)

# Before the translation package's own, which answers to the same addresses and takes the editor over.
FIRST = -10


@hooks.register("register_admin_urls", order=FIRST)
def register_urls() -> list:
    return [
        path("editorial/translations/<int:translation_id>/bar/", views.translation_bar, name="translation_bar"),
        path(
            "editorial/translations/<int:translation_id>/submit/", views.submit_translation, name="submit_translation"
        ),
        path(
            "editorial/translations/<int:translation_id>/review/", views.review_translation, name="review_translation"
        ),
        path("localize/submit/page/<int:page_id>/", views.AskForPageTranslation.as_view()),
        path(
            "localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
            views.AskForSnippetTranslation.as_view(),
        ),
        path("localize/update/<int:translation_source_id>/", views.SyncTranslations.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", views.convert_to_alias),
    ]


hooks.register("before_edit_page", gates.publish_becomes_submit, order=FIRST)
hooks.register("before_edit_page", gates.restart_keeps_hand_edits, order=FIRST)
hooks.register("before_edit_page", gates.say_why_not_to_approve, order=FIRST)
hooks.register("construct_page_action_menu", gates.keep_to_page_actions)
hooks.register("before_bulk_action", gates.leave_superusers_alone)
hooks.register("construct_translated_pages_to_cascade_actions", gates.count_what_goes_offline)
hooks.register("after_unpublish_page", gates.say_what_went_offline)
hooks.register("after_delete_page", gates.say_what_went_offline)
hooks.register("after_bulk_action", gates.say_what_went_offline_in_bulk)


@hooks.register("insert_editor_js")
def add_editor_script() -> SafeString:
    return format_html('<script src="{}"></script>', versioned_static("editorial/page_editor.js"))


@hooks.register("construct_homepage_panels")
def add_panels(_request, panels) -> None:
    panels.extend([ToTranslatePanel(), ToReviewPanel()])
