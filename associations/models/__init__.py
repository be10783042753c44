"""Page types of who takes part, one module each with its index page."""

from .association import AssociationIndexPage, AssociationPage
from .city import CityIndexPage, CityPage

__all__ = ["AssociationIndexPage", "AssociationPage", "CityIndexPage", "CityPage"]
