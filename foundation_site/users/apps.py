from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "foundation_site.users"
    label = "users"
