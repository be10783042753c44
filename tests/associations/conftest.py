"""Makers of bodies and applications; the facts of a test stand in the test."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from papers import PDF, WHAT, WHO, paper

from associations.membership.domain.add_document import add_document
from associations.membership.domain.review import review
from associations.membership.domain.save import save
from associations.membership.domain.send import send
from associations.membership.domain.start import start
from associations.membership.models import Application
from foundation_site.users.models import User


@pytest.fixture(autouse=True)
def private_root(settings: Any, tmp_path: Path) -> Path:
    settings.PRIVATE_ROOT = tmp_path / "private"
    return settings.PRIVATE_ROOT


@pytest.fixture
def draft(db: None) -> Callable[..., Application]:
    def make(*, language: str = "it", **values: Any) -> Application:
        return start({**WHO, **values}, language=language, key=uuid.uuid4(), now=timezone.now())

    return make


@pytest.fixture
def complete(draft: Callable[..., Application]) -> Callable[..., Application]:
    """A draft in which nothing is missing."""

    def make(**values: Any) -> Application:
        application = save(draft(**values), values=WHAT, now=timezone.now())
        for kind, mark in (("statute", b"1"), ("deed", b"2")):
            add_document(application, paper(f"{kind}.pdf", PDF + mark), kind=kind, now=timezone.now())
        return application

    return make


@pytest.fixture
def sent(complete: Callable[..., Application]) -> Callable[..., Application]:
    def make(**values: Any) -> Application:
        return send(complete(**values), statements=True, now=timezone.now())

    return make


@pytest.fixture
def in_review(sent: Callable[..., Application], officer: User) -> Callable[..., Application]:
    def make(**values: Any) -> Application:
        return review(sent(**values), by=officer, now=timezone.now())

    return make


@pytest.fixture
def membership_desk(db: None) -> Group:
    group, _created = Group.objects.get_or_create(name="Desk of the members, in tests")
    group.permissions.set(Permission.objects.filter(content_type__app_label="membership"))
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    return group


@pytest.fixture
def officer(membership_desk: Group) -> User:
    """Reviews applications."""
    user = User.objects.create_user("officer@example.org", "a-long-password-for-tests", language="en")
    user.groups.add(membership_desk)
    return user


@pytest.fixture
def board(membership_desk: Group) -> User:
    """Decides, and has reviewed nothing."""
    user = User.objects.create_user("board@example.org", "a-long-password-for-tests", language="en")
    user.groups.add(membership_desk)
    return user
