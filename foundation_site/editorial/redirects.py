"""Old addresses lead on: made by hand, because Wagtail asks for all of them in one expression, which SQLite refuses beyond a thousand."""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.urls import get_script_prefix
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from foundation_site.core.languages import in_language

PORTION = 500


@transaction.atomic
def leave_redirects(page: Page, url_path_before: str) -> None:
    """From where the page, what it shows below its own address and each published page below it stood to where they stand now."""
    routes = [route.lstrip("/") for route in page.specific.get_route_paths()] if page.live else []
    places = [(page.pk, f"/{route}", url_path_before + route, page.url_path + route) for route in routes if route]
    below = Page.objects.live().filter(path__startswith=page.path).values_list("pk", "url_path")
    places += [(pk, "", url_path_before + now.removeprefix(page.url_path), now) for pk, now in below]
    for root in Site.get_site_root_paths():
        here = [place for place in places if place[2].startswith(root.root_path)]
        for start in range(0, len(here), PORTION):
            portion = here[start : start + PORTION]
            old = {address(root, before): (pk, route) for pk, route, before, _now in portion}
            forget_redirects([*old, *(address(root, now) for _pk, _route, _before, now in portion)])
            Redirect.objects.bulk_create(
                [
                    Redirect(
                        old_path=path,
                        site_id=root.site_id,
                        redirect_page_id=pk,
                        redirect_page_route_path=route,
                        automatically_created=True,
                    )
                    for path, (pk, route) in old.items()
                ],
                ignore_conflicts=True,  # what an editor has written stays
            )


def address(root, url_path: str) -> str:
    return Redirect.normalise_path(f"{get_script_prefix()}{root.language_code}/{url_path.removeprefix(root.root_path)}")


def take_address(page: Page) -> None:
    """Where a page is published, no other is looked for any more, in any language."""
    path = page.get_url()
    if path:
        forget_redirects(Redirect.normalise_path(in_language(path, code)) for code, _name in settings.LANGUAGES)


def forget_redirects(paths: Iterable[str]) -> None:
    Redirect.objects.filter(automatically_created=True, old_path__in=list(paths)).delete()
