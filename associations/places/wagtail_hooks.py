from wagtail import hooks

from .viewsets import PlacesGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> PlacesGroup:
    return PlacesGroup()
