import pytest

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
