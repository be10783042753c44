from django.urls import path

from . import demo_views

app_name = "demo_mail"
urlpatterns = [path("", demo_views.letters, name="letters"), path("<uuid:pk>/", demo_views.letter, name="letter")]
