import json
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from wagtail.models import Page

from foundation_site.editorial.bar import review_bar

register = template.Library()


# Where the translation editor begins, below the header of the page.
EDITOR = '<div class="js-translation-editor"'


@register.simple_tag
def without_ways_out(props: str) -> str:
    """The translation editor's settings without “Convert to alias page”, which this site refuses, and without
    “Delete”, which would be its big button for whoever may not publish. Pages are deleted from the list of pages."""
    settings = json.loads(props)
    settings["links"]["convertToAliasUrl"] = None
    settings["perms"]["canDelete"] = False
    return json.dumps(settings)


@register.simple_tag(takes_context=True)
def with_review_bar(context: Any, editor: str, translation: Any, page: Any) -> str:
    """The package's editor with the bar between its header and its sentences. Other things than pages have no review."""
    if not isinstance(page, Page):
        return editor
    request = context["request"]
    bar = render_to_string("editorial/review_bar.html", review_bar(translation, page, request.user), request)
    before, marker, after = editor.partition(EDITOR)
    return mark_safe(f"{before}{bar}{marker}{after}")
