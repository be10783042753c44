import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils._os import safe_join
from wagtail.views import serve as wagtail_serve

from .languages import language
from .routing import find_new_address, find_page, find_stand_in, look_up
from .sitemap import sitemap_xml

RETRY_AFTER_SECONDS = 120


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Any page of the tree; the way to it is ours (routing), the serving is Wagtail's, with its hooks and restrictions."""
    asked = look_up(request, path)
    found = find_page(request, asked)
    if found is None:
        moved = None if asked.still_holds else find_new_address(request)
        if moved:
            return moved
        found = find_stand_in(request, asked)
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]  # where Wagtail keeps it
    response = wagtail_serve(request, path)
    if found and getattr(found.page, "shown_instead_of", None):
        response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "Accept-Language"]))
    return response


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Where the database is out of reach, whichever part of the site noticed first, the answer is 503 and when to come back.

    Pages without a request: a context processor may ask the database, and whatever failed may fail again.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        code = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
        body = render_to_string("503.html", {"language": language(code)})
        return HttpResponse(body, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
    try:
        styles = static("site.css")
    except ValueError:  # no list of assets: they were not collected, which may be what failed
        styles = ""
    return HttpResponse(render_to_string("500.html", {"styles": styles}), status=500)


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", "Disallow: /admin/", f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemap_xml(request), content_type="application/xml; charset=utf-8")


def health(request: HttpRequest) -> JsonResponse:
    """For the machine that watches: 200 when the database answers, 503 (see server_error) when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def media(request: HttpRequest, path: str) -> FileResponse:
    """Pictures of the demonstration; online the web server gives them out itself."""
    try:
        file = open(safe_join(settings.MEDIA_ROOT, path), "rb")  # noqa: SIM115 - FileResponse closes it
    except (OSError, ValueError) as error:
        raise Http404 from error
    return FileResponse(file, headers={"Cache-Control": "public, max-age=31536000, immutable"})
