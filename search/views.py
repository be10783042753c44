from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext

from foundation_site.core.text_search import clean_query

from .counting import count
from .results import Results, suggestions


def search(request: HttpRequest) -> HttpResponse:
    """One search over all kinds of pages, in the reader's language."""
    results = Results(request.GET, language=get_language() or "it", path=request.path)
    if results.first:
        count(results.query)
    return render(request, "search/search.html", {"results": results, "query": results.query})


def suggest(request: HttpRequest) -> JsonResponse:
    """What fits what is being typed, and how many there are in words, to be said aloud; without JavaScript nobody misses it."""
    found = suggestions(clean_query(request.GET.get("q", "")), get_language() or "it")
    status = ngettext("%(number)s suggestion", "%(number)s suggestions", len(found)) % {"number": len(found)}
    return JsonResponse({"suggestions": found, "status": status if found else ""})
