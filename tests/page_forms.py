"""Filling in the editor's form for a page, as somebody would, and what the editor answers."""

from typing import Any

from django.test import Client
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

ALWAYS = {
    "slug": "nuova", "introduction": "", "image": "", "image_alt": "", "seo_title": "", "search_description": "Di che cosa parla.",
    "review_on": "", "owner": "", "go_live_at": "", "expire_at": "",
}  # fmt: skip


def address(parent: Page, model: type[Page]) -> str:
    return f"/admin/pages/add/{model._meta.app_label}/{model._meta.model_name}/{parent.pk}/"


def filled_in(values: dict[str, Any], body: Any = ()) -> dict[str, Any]:
    data = {**ALWAYS, "title": "Nuova", "body": streamfield(body), "comments": inline_formset([]), **values}
    return nested_form_data(data)


def previewed(client: Client, parent: Page, model: type[Page], *, body: Any = (), **values: Any) -> str:
    """The page as the editor sees it before it is saved."""
    preview = f"{address(parent, model)}preview/"
    assert client.post(preview, filled_in(values, body)).json()["is_valid"]
    return client.get(preview).content.decode()


def sent(client: Client, parent: Page, model: type[Page], *, body: Any = (), **values: Any) -> dict[str, Any]:
    """Errors of the form by field, empty when the page was made and published."""
    response = client.post(address(parent, model), {**filled_in(values, body), "action-publish": "action-publish"})
    if response.status_code == 302:
        return {}
    form = response.context["form"]
    errors = {name: list(messages) for name, messages in form.errors.items()}
    for name, formset in getattr(form, "formsets", {}).items():
        if not formset.is_valid():
            errors[name] = [*formset.non_form_errors(), *(error for error in formset.errors if error)]
    return errors
