"""A message to everybody of an edition who is in one state."""

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..domain.send_message import send_message
from ..enums import State
from ..forms import MessageForm
from ..queries import Readers, readers
from .running import WRITE, EditionView


class MessageView(EditionView):
    """First whom to write to, in the address; then what, in each language that somebody there reads."""

    permission = WRITE
    template_name = "enrolment/desk/message.html"
    page_title = _("Write to all of one state")

    @property
    def state(self) -> State:
        asked = self.request.GET.get("state")
        return State(asked) if asked in State.LIVING else State.ENROLLED

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = readers(self.edition, self.state)
        return self.show(MessageForm(languages=found.languages, initial={"key": uuid.uuid4}), found)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = readers(self.edition, self.state)
        form = MessageForm(request.POST, languages=found.languages)
        if not form.is_valid():
            return self.show(form, found)
        sent = send_message(
            self.edition,
            state=self.state,
            texts=form.texts,
            key=form.cleaned_data["key"],
            now=timezone.now(),
            by=request.user,
        )
        sentence = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", sent.letters)
        messages.success(request, sentence % {"number": sent.letters})
        return redirect(self.url)

    def show(self, form: forms.Form, found: Readers) -> HttpResponse:
        context = self.get_context_data(
            form=form,
            submit=gettext("Send"),
            readers=found,
            chosen=self.state,
            states=[(state, State(state).label) for state in State.LIVING],
        )
        return self.render_to_response(context, status=422 if form.errors else 200)
