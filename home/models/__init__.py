"""The front page, pages of plain text, and news."""

from .home_page import HomePage
from .news import NewsIndexPage, NewsPage
from .standard_page import StandardPage

__all__ = ["HomePage", "NewsIndexPage", "NewsPage", "StandardPage"]
