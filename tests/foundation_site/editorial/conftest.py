import pytest
from django.contrib.auth.models import Group
from editorial_kit import ABOUT_TEXTS, HOME_TEXTS

from foundation_site.editorial.enums import Role
from foundation_site.editorial.setup import set_up_editorial
from foundation_site.editorial.translations import publish_translation
from foundation_site.users.models import User
from home.models import StandardPage


@pytest.fixture
def about(home, publish):
    """An Italian page with five sentences, published below a published front page."""
    home.save_revision().publish()
    page = StandardPage(
        title="Chi siamo", slug="chi-siamo", introduction="Una fondazione della città.", search_description="La nostra storia.",
        body=[("text", "<p>Siamo nati nel 2010.</p><p>Lavoriamo con tutti.</p>")],
    )  # fmt: skip
    return publish(home, page)


@pytest.fixture
def arabic_home(home, locales):
    return publish_translation(home, locales["ar"], HOME_TEXTS)


@pytest.fixture
def arabic_about(about, arabic_home, locales):
    """The Arabic page, published and up to date."""
    return publish_translation(about, locales["ar"], ABOUT_TEXTS)


@pytest.fixture
def house(arabic_home):
    """Groups, permissions and the workflow."""
    set_up_editorial()


@pytest.fixture
def person(house):
    def make(role: Role, name: str = "uno") -> User:
        user = User.objects.create_user(f"{name}-{role.name.lower()}@example.org", "a-long-password-for-tests")
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        return client

    return sign_in
