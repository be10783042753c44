from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from foundation_site.core.models import Footer, Navigation, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    list_display = ["name", "slug", "locale"]
    ordering = ["order"]


class NavigationViewSet(SnippetViewSet):
    model = Navigation
    icon = "list-ul"
    menu_label = _("Main menu")
    list_display = ["__str__", "locale"]


class FooterViewSet(SnippetViewSet):
    model = Footer
    icon = "minus"
    menu_label = _("Footer")
    list_display = ["__str__", "locale"]


class SiteWordsViewSetGroup(SnippetViewSetGroup):
    """What stands on every page."""

    items = (NavigationViewSet, FooterViewSet, TopicViewSet)
    menu_label = _("Menus and topics")
    menu_icon = "list-ul"
    menu_order = 450


# People with an account


class OnlySuperusersMakeSuperusers:
    """Whoever looks after accounts can neither become a superuser nor take over the account of one."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]  # mixed into views
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
        return form


class AccountCreateView(OnlySuperusersMakeSuperusers, CreateView):
    pass


class AccountEditView(OnlySuperusersMakeSuperusers, EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(UserViewSet):
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
