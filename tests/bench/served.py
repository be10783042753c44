"""What the benchmark serves: the site as it is online, and beside it a bare view that makes one plain INSERT."""

import uuid

from foundation_site.wsgi import application  # noqa: F401 - gunicorn asks for it; and it sets Django up for what follows

# isort: split
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from foundation_site.urls import urlpatterns
from projects.enrolment.models import Enrolment


@csrf_exempt
def bare(request: HttpRequest, edition: int) -> HttpResponse:
    """The same row as a request for a place: nothing is asked, counted, locked, told or logged."""
    Enrolment.objects.create(
        edition_id=edition, state="waiting", contact_name="Nessuno", email=f"{uuid.uuid4().hex}@example.org"
    )
    return HttpResponse("ok")


urlpatterns.insert(0, path("bare/<int:edition>/", bare))
