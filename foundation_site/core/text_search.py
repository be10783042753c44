from django.db.models import QuerySet


def clean_query(text: str) -> str:
    return text.strip()[:200]


def matching(pages: QuerySet, query: str) -> QuerySet:
    return pages.filter(title__icontains=query)
