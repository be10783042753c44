"""What is promised in opening days: across weekends, holidays, the patron's day, own closures and the change of the clocks."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from foundation_site.core.opening_hours import Closure, OpeningHours, OpeningTime, end_after_open_days
from foundation_site.users.models import User

ROME = ZoneInfo("Europe/Rome")
MORNING, AFTERNOON = (time(9), time(13)), (time(14, 30), time(17, 30))
OFFICE = {
    0: [MORNING, AFTERNOON],
    1: [MORNING, AFTERNOON],
    2: [MORNING, AFTERNOON],
    3: [MORNING, AFTERNOON],
    4: [MORNING],
}


def rome(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ROME)


@pytest.fixture
def office(db: None) -> OpeningHours:
    hours = OpeningHours.load()
    OpeningTime.objects.bulk_create(
        OpeningTime(hours=hours, weekday=weekday, opens_at=opens, closes_at=closes)
        for weekday, times in OFFICE.items()
        for opens, closes in times
    )
    return hours


@pytest.mark.parametrize(
    ("told", "days", "end"),
    [
        (rome(2026, 10, 6, 11), 1, rome(2026, 10, 7, 17, 30)),
        (rome(2026, 10, 6, 8, 59), 1, rome(2026, 10, 6, 17, 30)),
        (rome(2026, 10, 6, 9), 1, rome(2026, 10, 6, 17, 30)),
        (rome(2026, 10, 6, 23), 2, rome(2026, 10, 8, 17, 30)),
        (rome(2026, 10, 8, 11), 1, rome(2026, 10, 9, 13)),
        (rome(2026, 10, 9, 11), 2, rome(2026, 10, 13, 17, 30)),
        (rome(2026, 12, 7, 11), 1, rome(2026, 12, 9, 17, 30)),
        (rome(2026, 12, 23, 11), 3, rome(2026, 12, 29, 17, 30)),
        (rome(2026, 11, 23, 11), 1, rome(2026, 11, 25, 17, 30)),
        (rome(2027, 3, 25, 11), 2, rome(2027, 3, 30, 17, 30)),
    ],
    ids=[
        "told at noon, tomorrow counts",
        "told before opening, today counts",
        "told at the stroke of opening, today counts",
        "told in the night",
        "Friday closes at one",
        "over the weekend",
        "the Immaculate Conception",
        "Christmas and Saint Stephen",
        "Saint Prosper, patron of Reggio",
        "Easter Monday, and summer time begins",
    ],
)
def test_only_opening_days_count(office: OpeningHours, told: datetime, days: int, end: datetime):
    assert office.end_after(told, days) == end


def test_the_hour_is_that_of_the_wall_also_when_the_clocks_change(office: OpeningHours):
    end = office.end_after(rome(2026, 10, 23, 14), 1)  # Friday afternoon; on Sunday the clocks go back

    assert end.isoformat() == "2026-10-26T17:30:00+01:00"
    assert end.timestamp() - rome(2026, 10, 23, 14).timestamp() == timedelta(days=3, hours=4.5).total_seconds()


def test_another_province_has_another_patron(office: OpeningHours):
    office.province = "MO"  # Saint Geminianus of Modena, 31 January

    assert office.end_after(rome(2026, 11, 23, 11), 1) == rome(2026, 11, 24, 17, 30)
    assert office.end_after(rome(2029, 1, 30, 11), 1) == rome(2029, 2, 1, 17, 30)


def test_own_closures_do_not_count(office: OpeningHours):
    Closure.objects.create(hours=office, first=date(2026, 8, 10), last=date(2026, 8, 21))

    assert office.end_after(rome(2026, 8, 7, 12), 2) == rome(2026, 8, 25, 17, 30)


def test_as_long_as_no_hours_are_written_all_days_count(db: None):
    assert OpeningHours.load().end_after(rome(2026, 10, 9, 11), 3) == rome(2026, 10, 12, 11)


def test_a_province_that_does_not_exist_is_refused(db: None):
    with pytest.raises(ValidationError):
        OpeningHours(province="XX").full_clean()


STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(ROME))
CLOSED = st.sets(st.dates(date(2026, 1, 1), date(2029, 12, 31)), max_size=30)
WEEKS = st.dictionaries(st.integers(0, 6), st.sampled_from([[MORNING], [AFTERNOON], [MORNING, AFTERNOON]]), min_size=1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the first draw reads the zone from the disk
@given(STARTS, STARTS, st.integers(1, 10), st.integers(0, 5), WEEKS, CLOSED)
def test_it_ends_when_an_open_day_ends_and_never_earlier_for_who_is_told_later(one, other, days, more, week, closed):
    def end(start: datetime, days: int) -> datetime:
        return end_after_open_days(start, days, times=week, is_closed=closed.__contains__)

    first, second = sorted((one, other), key=lambda moment: moment.timestamp())
    ends = end(first, days)

    assert ends.date() not in closed
    assert ends.time() == max(closes for _opens, closes in week[ends.weekday()])
    assert ends.timestamp() > first.timestamp()
    assert ends.timestamp() <= end(second, days).timestamp()
    assert ends.timestamp() <= end(first, days + more).timestamp()
    whole = (first.date() + timedelta(days=n) for n in range(1, (ends.date() - first.date()).days + 1))
    assert sum(day.weekday() in week and day not in closed for day in whole) in {days - 1, days}


def test_hours_and_closures_are_written_in_the_settings(home, client: Client, superuser: User):
    client.force_login(superuser)
    hours = OpeningHours.load()
    address = f"/admin/settings/core/openinghours/{hours.pk}/"
    time_rows = [{"weekday": 0, "opens_at": "09:00", "closes_at": "13:00"}]
    closures = [{"first": "2026-08-10", "last": "2026-08-21", "note": ""}]
    form = nested_form_data(
        {"province": "RE", "times": inline_formset(time_rows), "closures": inline_formset(closures)}
    )
    backwards = nested_form_data(
        {
            "province": "RE",
            "times": inline_formset([{"weekday": 0, "opens_at": "13:00", "closes_at": "09:00"}]),
            "closures": inline_formset([]),
        }
    )

    shown, refused, saved = client.get(address), client.post(address, backwards), client.post(address, form)

    assert (shown.status_code, refused.status_code, saved.status_code) == (200, 200, 302)
    assert list(hours.times.values_list("weekday", "opens_at", "closes_at")) == [(0, time(9), time(13))]
    assert [str(each) for each in hours.closures.all()] == ["10/08/2026–21/08/2026"]
