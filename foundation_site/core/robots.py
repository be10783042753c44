"""Keeping robots out of forms without any third party: a field that people do not see, a stamp of when the form was opened,
and a count of tries. A person who trips over one loses nothing typed and only presses the button again."""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import RuleViolation

SALT = "core.robots.stamp"
FASTEST_SECONDS = 2
STAMP_SECONDS = 24 * 3600


def new_stamp() -> str:
    return signing.dumps(round(time.time(), 1), salt=SALT)


class Trap(forms.TextInput):
    """Out of sight and out of the tab order; not `type=hidden`, which robots leave alone."""

    template_name = "core/trap.html"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "tabindex": "-1"})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "label": _("Leave this empty")}

    @property
    def is_hidden(self) -> bool:
        return True


class RobotTrapMixin(forms.Form):
    """Adds `homepage` (to be left empty) and `stamp` to a form. A form shown again keeps its stamp: the second press is slow enough."""

    homepage = forms.CharField(required=False, widget=Trap)
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["stamp"].initial = new_stamp

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        # Only what is otherwise right is asked about robots: whoever has something to mend has more urgent news to read.
        if not self.errors:
            problem = robot_like(
                self.data.get(self.add_prefix("homepage"), ""), self.data.get(self.add_prefix("stamp"), "")
            )
            if problem:
                self.renew_stamp(problem)
                self.add_error(None, forms.ValidationError(SENTENCES[problem](), code=problem))
        return cleaned

    def renew_stamp(self, problem: str) -> None:
        """A stamp that is good for nothing any more is replaced in the form that is shown again, and the trap is emptied."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, which the stubs do not say
        data[self.add_prefix("homepage")] = ""
        if problem == "stale":
            data[self.add_prefix("stamp")] = new_stamp()
        self.data = data


def robot_like(trap: str, stamp: str) -> str:
    """What gives a robot away: `trap`, `fast`, `stale` (no good stamp); empty for a person."""
    if trap:
        return "trap"
    try:
        opened = float(signing.loads(stamp, salt=SALT, max_age=STAMP_SECONDS))
    except (signing.BadSignature, TypeError, ValueError):
        return "stale"
    return "fast" if time.time() - opened < FASTEST_SECONDS else ""


SENTENCES = {
    "trap": lambda: _(
        "Something was written in a field that people do not see. It is empty now: press the button once more."
    ),
    "fast": lambda: _("That was very quick. Look over what you wrote and press the button once more."),
    "stale": lambda: _("The form was open for a long time. What you wrote is still here: press the button once more."),
}


# How often

HOUR = 3600


def slow_down(door: str, key: str, *, limit: int) -> None:
    """At most so many times an hour. Raises RuleViolation with a sentence for the person, who loses nothing typed."""
    if too_often(door, key, limit=limit, seconds=HOUR):
        raise RuleViolation(_("That was often in a short time. Wait an hour, or write to us."), code="too_often")


def too_often(name: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count a try and tell whether there were too many. `name` is the door, `key` who knocks: an address, a code, an e-mail."""
    counter = f"tries:{name}:{signing.Signer(salt=name).signature(key)}"
    cache.add(counter, 0, seconds)
    try:
        return cache.incr(counter) > limit
    except ValueError:  # it ran out between the two lines
        return False


def address_of(request: HttpRequest) -> str:
    """Where a request comes from, as the server knows it. Of X-Forwarded-For only what our own proxies wrote is believed:
    anybody can write the rest."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    proxies = settings.TRUSTED_PROXY_COUNT
    if proxies and len(hops) >= proxies and hops[-proxies].strip():
        return hops[-proxies].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
