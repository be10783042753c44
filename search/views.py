from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from foundation_site.core.text_search import clean_query

from .results import Results, suggestions


def search(request: HttpRequest) -> HttpResponse:
    """One search over all kinds of pages, in the reader's language."""
    results = Results(request.GET, language=get_language() or "it", path=request.path)
    return render(request, "search/search.html", {"results": results, "query": results.query})


def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that fit what is being typed; without JavaScript nobody misses it."""
    query = clean_query(request.GET.get("q", ""))
    return JsonResponse({"suggestions": suggestions(query, get_language() or "it")})
