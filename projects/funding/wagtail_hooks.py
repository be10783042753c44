from wagtail import hooks

from .viewsets import FundingGroup


@hooks.register("register_admin_viewset")
def register_viewsets() -> FundingGroup:
    return FundingGroup()
