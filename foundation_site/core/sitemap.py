from collections import defaultdict
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

from .languages import in_language
from .privacy import public
from .routing import homes


def sitemap_xml(request: HttpRequest) -> str:
    """Every public page in every language that it is published in, each with its alternates."""
    trees = homes(request)
    translations: dict[str, dict[str, str]] = defaultdict(dict)
    changed: dict[str, str] = {}
    rows = (
        public(Page.objects.live())
        .filter(alias_of=None)
        .values_list("translation_key", "locale__language_code", "url_path", "last_published_at")
    )
    for key, code, url_path, published in rows:
        home = trees.get(code)
        if home and url_path.startswith(home.url_path):
            address = request.build_absolute_uri(in_language(f"/{code}/{url_path.removeprefix(home.url_path)}", code))
            translations[str(key)][code] = address
            if published:
                changed[address] = published.date().isoformat()
    entries = []
    for pages in translations.values():
        links = "".join(alternate(code, address) for code, address in pages.items())
        default = pages.get(settings.LANGUAGE_CODE) or next(iter(pages.values()))
        links += alternate("x-default", default)
        for address in pages.values():
            modified = f"<lastmod>{changed[address]}</lastmod>" if address in changed else ""
            entries.append(f"<url><loc>{escape(address)}</loc>{modified}{links}</url>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(entries)
        + "\n</urlset>\n"
    )


def alternate(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang={quoteattr(code)} href={quoteattr(address)}/>'
