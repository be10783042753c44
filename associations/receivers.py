"""What the pages of this app do when the registers below tell something."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.signals import page_published, page_unpublished

from foundation_site.core.text_index import announce

from .membership.models import Association
from .membership.signals import member_admitted
from .models import AssociationIndexPage, AssociationPage, CityIndexPage
from .places.models import City


@receiver(member_admitted)
def draft_profile_page(association: Association, **_kwargs: Any) -> AssociationPage | None:
    """Draft the page of a new member under the Italian list: unpublished, for an editor to look at with the association.

    The association wrote in its own language; the editor puts that into Italian. One page per association: told twice,
    this does nothing the second time. Without a list there is nowhere to put it.
    """
    index = AssociationIndexPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if index is None or AssociationPage.objects.filter(association=association).exists():
        return None
    page = AssociationPage(
        title=association.name,
        introduction=association.presentation,
        search_description=description_of(association),
        association=association,
        locale=index.locale,
        live=False,
    )
    if not index.get_children().filter(slug=association.slug).exists():
        page.slug = association.slug
    index.add_child(instance=page)
    page.save_revision()
    return page


def description_of(association: Association) -> str:
    if association.presentation:
        return Truncator(" ".join(association.presentation.split())).chars(155)
    with override(settings.LANGUAGE_CODE):
        return _("%(name)s, a member association of the foundation.") % {"name": association.name}


@receiver([page_published, page_unpublished], sender=CityIndexPage)
def announce_cities(**_kwargs: Any) -> None:
    """Cities without a page are read below their list: with it they are found, and found no more."""
    transaction.on_commit(lambda: announce(City))
