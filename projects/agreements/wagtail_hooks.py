from wagtail import hooks

from .viewsets import AgreementViewSet


@hooks.register("register_admin_viewset")
def register_viewsets() -> AgreementViewSet:
    return AgreementViewSet("agreement")
