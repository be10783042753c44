"""The only place that sees every app. Pages come last: they answer to any path that is left."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from foundation_site.core import views

urlpatterns = [
    # Wagtail's own sign-in and password reset are not throttled: allauth's are.
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("admin/", include(wagtailadmin_urls)),
    # Where Wagtail sends who may not yet see a page.
    path(
        "sign-in/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="wagtailcore_login",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("health/", views.health, name="health"),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [
        path("dev/mail/", include("foundation_site.core.mail.demo_urls")),
        path("media/<path:path>", views.media, name="media"),
    ]

urlpatterns += i18n_patterns(
    path("account/", include("foundation_site.users.urls")),
    path("search/", include("search.urls")),
    path("enrol/", include("projects.enrolment.urls")),
    path("membership/", include("associations.membership.urls")),
    re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="wagtail_serve"),
)

handler404 = "foundation_site.core.views.page_not_found"
handler500 = "foundation_site.core.views.server_error"
