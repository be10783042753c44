from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from associations.membership.models import (
    Application,
    Association,
    AssociationCommunity,
    AssociationField,
    AssociationLanguage,
    Membership,
)
from associations.membership.queries import PUBLIC_ROWS, answer_due, member_count, members_on

Make = Callable[..., Application]


@pytest.fixture
def association(db: None) -> Callable[..., Association]:
    def make(slug: str, *periods: tuple[date, date | None], **values: Any) -> Association:
        made = Association.objects.create(slug=slug, name=values.pop("name", slug), legal_form="aps", **values)
        for since, until in periods:
            Membership.objects.create(association=made, number=Membership.objects.count() + 1, since=since, until=until)
        return made

    return make


@pytest.mark.parametrize(
    ("day", "members"),
    [
        pytest.param(date(2014, 2, 28), set(), id="the day before the first"),
        pytest.param(date(2014, 3, 1), {"stayed"}, id="the first day"),
        pytest.param(date(2016, 6, 30), {"stayed", "left", "came back"}, id="a last day counts"),
        pytest.param(date(2016, 7, 1), {"stayed"}, id="the day after"),
        pytest.param(date(2020, 1, 1), {"stayed", "came back"}, id="back again"),
    ],
)
def test_members_on_a_day(association: Callable[..., Association], day: date, members: set[str]) -> None:
    association("stayed", (date(2014, 3, 1), None))
    association("left", (date(2015, 1, 1), date(2016, 6, 30)))
    association("came-back", (date(2015, 1, 1), date(2016, 6, 30)), (date(2020, 1, 1), None), name="came back")
    association("never")

    assert {row.name for row in members_on(day)} == members
    assert member_count(day) == len(members)


def test_the_count_of_today_needs_no_date(association: Callable[..., Association]) -> None:
    association("today", (timezone.localdate(), None))
    association("tomorrow", (timezone.localdate() + timedelta(days=1), None))

    assert member_count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_public_rows_cost_the_same_for_one_and_for_many(
    association: Callable[..., Association], number: int, django_assert_num_queries: Any
) -> None:
    for position in range(number):
        made = association(f"a{position}", (date(2014, 3, 1), None))
        for country in ("TN", "MA"):
            AssociationCommunity.objects.create(association=made, country=country)
        AssociationLanguage.objects.create(association=made, language="ar")
        AssociationField.objects.create(association=made, field="women")

    with django_assert_num_queries(5), override("en"):
        rows = [
            (row.community_names, row.language_names, row.field_names, row.member_since, row.member_number)
            for row in Association.objects.prefetch_related(*PUBLIC_ROWS)
        ]

    assert rows == [
        (["Morocco", "Tunisia"], ["Arabic"], ["Women"], date(2014, 3, 1), position + 1) for position in range(number)
    ]


def test_who_has_left_is_no_member_since(association: Callable[..., Association]) -> None:
    assert association("left", (date(2014, 1, 1), date(2015, 1, 1))).member_since is None


# What the database promises


def test_one_open_membership_at_a_time(association: Callable[..., Association]) -> None:
    made = association("a", (date(2014, 1, 1), None))

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(association=made, number=9, since=date(2015, 1, 1))


def test_a_membership_does_not_end_before_it_began(association: Callable[..., Association]) -> None:
    with pytest.raises(IntegrityError, match="membership_ends_after_it_began"), transaction.atomic():
        association("a", (date(2014, 1, 2), date(2014, 1, 1)))


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        pytest.param(date(2015, 6, 1), None, "was already a member at that time", id="begins inside the first"),
        pytest.param(
            date(2013, 1, 1), date(2014, 1, 1), "was already a member at that time", id="ends inside the first"
        ),
        pytest.param(date(2016, 1, 1), None, "", id="begins after the first"),
    ],
)
def test_periods_do_not_overlap(
    association: Callable[..., Association], since: date, until: date | None, sentence: str
) -> None:
    made = association("a", (date(2014, 1, 1), date(2015, 12, 31)))
    second = Membership(association=made, number=2, since=since, until=until)

    if not sentence:
        second.full_clean()
    else:
        with override("en"), pytest.raises(ValidationError, match=sentence):
            second.full_clean()


def test_a_closed_membership_stays_closed(association: Callable[..., Association]) -> None:
    membership = association("a", (date(2014, 1, 1), date(2015, 12, 31))).memberships.get()
    membership.until = None

    with override("en"), pytest.raises(ValidationError, match="This membership has ended"):
        membership.full_clean()


def test_one_association_per_tax_code(association: Callable[..., Association]) -> None:
    association("a", tax_code="91000000355")
    association("b", tax_code="")
    association("c", tax_code="")

    with pytest.raises(IntegrityError), transaction.atomic():
        association("d", tax_code="91000000355")


@pytest.mark.parametrize(
    "values",
    [{"state": "refused"}, {"state": "admitted"}, {"state": "received"}],
    ids=["refused without a reason", "admitted without an association", "received without having been sent"],
)
def test_states_that_the_database_does_not_take(draft: Make, values: dict[str, str]) -> None:
    application = draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(**values)


def test_the_answer_is_due_in_sixty_days_while_nothing_is_missing(draft: Make, sent: Make) -> None:
    application = sent()

    assert PUBLIC_ROWS, answer_due(application) == timezone.localtime(application.sent_at + timedelta(days=60)).date()
    application.state = "completion_asked"
    assert PUBLIC_ROWS, answer_due(application) is None
    assert PUBLIC_ROWS, answer_due(draft(tax_code="")) is None
