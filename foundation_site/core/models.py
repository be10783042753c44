"""The models of the ground, gathered for Django; each concept has its own module."""

from .mail.models import Letter
from .media import FoundationDocument, FoundationImage, FoundationRendition
from .navigation import Footer, Navigation
from .opening_hours import Closure, OpeningHours, OpeningTime
from .private_files import PrivateFile
from .site_settings import SiteSettings
from .taxonomy import Topic
from .text_search import SearchEntry, SearchWord

__all__ = [
    "Closure",
    "Footer",
    "FoundationDocument",
    "FoundationImage",
    "FoundationRendition",
    "Letter",
    "Navigation",
    "OpeningHours",
    "OpeningTime",
    "PrivateFile",
    "SearchEntry",
    "SearchWord",
    "SiteSettings",
    "Topic",
]
