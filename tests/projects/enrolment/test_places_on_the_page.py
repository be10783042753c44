"""What a reader is told of the places is right at once after each change, in every language."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from projects.enrolment.domain.accept import accept
from projects.enrolment.domain.withdraw import withdraw
from projects.enrolment.enums import State
from projects.enrolment.models import Course
from projects.models import CourseIndexPage, CoursePage

SOON = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def told(client: Client, home: Any, publish: Callable[..., Any], course: Course) -> Callable[[], Any]:
    """State, taken and waiting as the page of the course tells them, and the state in the list; the same in all languages."""
    index = publish(home, CourseIndexPage(title="Corsi", slug="corsi"))
    publish(index, CoursePage(title="Arabo", slug="arabo", course=course))

    def look() -> Any:
        found = set()
        for language, _name in settings.LANGUAGES:
            [card] = client.get(f"/{language}/corsi/arabo/").context["editions"]
            [listed] = client.get(f"/{language}/corsi/").context["finder"].page.object_list
            found.add((card.state, card.taken, card.waiting, listed.card["state"]["tone"]))
        [answer] = found
        return answer

    return look


def test_places_are_told_as_they_are(told: Callable[[], Any], course: Course, make_edition: Any, ask: Any):
    now = timezone.now()
    edition = make_edition(course=course, dates=(SOON,), places=2)
    assert told() == ("open", 0, 0, "open")

    giulia = ask(edition, "Giulia", now=now)
    assert told() == ("open", 1, 0, "open")

    ask(edition, "Irina", now=now)
    samira = ask(edition, "Samira", now=now)
    assert told() == ("full", 2, 1, "full")

    withdraw(giulia, now=now)
    samira.refresh_from_db()
    assert samira.state == State.OFFERED
    assert told() == ("full", 2, 0, "full")

    accept(samira, now=now)
    assert told() == ("full", 2, 0, "full")

    withdraw(samira, now=now)
    assert told() == ("open", 1, 0, "open")
