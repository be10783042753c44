from django.urls import path

from . import views

app_name = "membership"
urlpatterns = [
    path("apply/", views.start, name="start"),
    path("link/", views.link, name="link"),
    path("application/<str:token>/", views.application, name="application"),
    path("application/<str:token>/who/", views.who, name="who"),
    path("application/<str:token>/what/", views.what, name="what"),
    path("application/<str:token>/documents/", views.documents, name="documents"),
    path("application/<str:token>/documents/<int:pk>/", views.document, name="document"),
    path("application/<str:token>/documents/<int:pk>/remove/", views.remove, name="remove"),
    path("application/<str:token>/check/", views.check, name="check"),
    path("application/<str:token>/withdraw/", views.withdraw, name="withdraw"),
]
