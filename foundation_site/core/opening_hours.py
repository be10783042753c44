"""When the foundation is open. What is promised in opening days ends while somebody can still be asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from holidays import country_holidays
from holidays.countries import Italy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

COUNTRY = "IT"

Times = Mapping[int, Sequence[tuple[time, time]]]


def end_after_open_days(start: datetime, days: int, *, times: Times, is_closed: Callable[[date], bool]) -> datetime:
    """When the last of so many opening days ends, by the clock on the wall of `start`'s zone.

    `times`: from and to of each weekday, Monday is 0. Only whole days count: who is told at noon has tomorrow as her first day.
    """
    day = start.date()
    while True:
        today = () if is_closed(day) else times.get(day.weekday(), ())
        if today and at(day, min(opens for opens, _closes in today), start) >= start:
            days -= 1
            if days == 0:
                return at(day, max(closes for _opens, closes in today), start)
        day += timedelta(days=1)


def at(day: date, hour: time, like: datetime) -> datetime:
    return datetime.combine(day, hour, tzinfo=like.tzinfo)


def validate_province(value: str) -> None:
    if value not in Italy.subdivisions:
        raise ValidationError(_("Write the code of a province, as RE."), code="province")


@register_setting(icon="time")
class OpeningHours(BaseGenericSetting, ClusterableModel):
    """The week of the foundation, and the days on which it is closed."""

    province = models.CharField(
        _("province"),
        max_length=30,
        default="RE",
        validators=[validate_province],
        help_text=_("Its code: public holidays, with the day of the patron saint, are closed without being listed."),
    )

    panels = [
        InlinePanel("times", heading=_("Opening hours"), label=_("Hours"), help_text=_("Several on one day, if it closes at noon.")),
        FieldPanel("province"),
        InlinePanel("closures", heading=_("Days on which we are closed"), label=_("Closed")),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("opening hours")

    def end_after(self, start: datetime, days: int) -> datetime:
        """The end of so many opening days, in the time of the foundation; of plain days as long as no hours are written."""
        times: dict[int, list[tuple[time, time]]] = {}
        for each in self.times.all():
            times.setdefault(each.weekday, []).append((each.opens_at, each.closes_at))
        if not times:
            return start + timedelta(days=days)
        public, own = country_holidays(COUNTRY, subdiv=self.province), list(self.closures.all())
        return end_after_open_days(
            timezone.localtime(start),
            days,
            times=times,
            is_closed=lambda day: day in public or any(closure.includes(day) for closure in own),
        )


class OpeningTime(models.Model):
    hours = ParentalKey(OpeningHours, related_name="times", on_delete=models.CASCADE)
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=list(WEEKDAYS.items()))
    opens_at = models.TimeField(_("from"))
    closes_at = models.TimeField(_("to"))

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens_at"), FieldPanel("closes_at")])]

    class Meta:
        ordering = ["weekday", "opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="it_closes_after_it_opens",
                violation_error_message=_("It closes after it opens."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"


class Closure(models.Model):
    """Days on which the foundation is closed though they are no public holidays."""

    hours = ParentalKey(OpeningHours, related_name="closures", on_delete=models.CASCADE)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=100, blank=True)

    panels = [FieldRowPanel([FieldPanel("first"), FieldPanel("last")]), FieldPanel("note")]

    class Meta:
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="a_closure_ends_after_it_begins",
                violation_error_message=_("The last day is not before the first."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first:%d/%m/%Y}–{self.last:%d/%m/%Y}"

    def includes(self, day: date) -> bool:
        return self.first <= day <= self.last
