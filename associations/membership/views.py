"""The public application, step by step, without JavaScript and without an account: the signed link is the way back."""

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation_site.core.errors import RuleViolation
from foundation_site.core.personal import View, private
from foundation_site.core.private_files import serve_private
from foundation_site.core.robots import address_of, slow_down

from .domain.add_document import add_document
from .domain.remove_document import remove_document
from .domain.save import save
from .domain.send import gaps, send
from .domain.send_link import send_link
from .domain.start import start as begin
from .domain.withdraw import withdraw as take_back
from .enums import ApplicationState, DocumentKind
from .forms import DocumentForm, LinkForm, SendForm, StartForm, StepForm, WhatForm, WhoForm
from .links import application_of, token_for
from .models import Application
from .queries import answer_due, missing_papers

STEPS = ("who", "what", "documents", "check")


def of_link(view: View) -> View:
    """Finds the application that the link was made for. A link that we did not make is answered with a way to a new one."""

    @private
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        application = application_of(token, now=timezone.now())
        if application is None:
            context = {"title": _("This link does not work"), "form": LinkForm()}
            return render(request, "membership/link_unknown.html", context, status=404)
        return view(request, application, *args, **kwargs)

    return wrapped


def writable(view: View) -> View:
    """For the steps: an application that has been sent shows where it stands instead."""

    @wraps(view)
    def wrapped(request: HttpRequest, application: Application, *args: Any, **kwargs: Any) -> HttpResponse:
        if not application.writable:
            if request.method == "POST":
                messages.info(request, _("This application has been sent: it cannot be changed now."))
            return to(application)
        return view(request, application, *args, **kwargs)

    return wrapped


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values, key = form.values(), form.cleaned_data["key"]
        try:
            slow_down("membership.start", address_of(request), limit=40)
            application = begin(values, language=get_language() or "it", key=key, now=timezone.now())
        except RuleViolation as error:
            form.add_error(None, error)
        else:
            if not application.writable:
                return to(application)
            messages.success(request, _("Saved. We have sent you a link by e-mail, to go on today or another day."))
            return to(application, "what")
    return render_step(request, "membership/start.html", "who", None, form=form)


@of_link
@require_GET
def application(request: HttpRequest, application: Application) -> HttpResponse:
    """Where the application stands, for whoever holds the link."""
    context = {
        "title": _("Your application"),
        "application": application,
        "documents": application.documents.select_related("file"),
        "gaps": [(gap, step_url(application, gap.step)) for gap in gaps(application)] if application.writable else [],
        "due": answer_due(application),
        "go_on_url": step_url(application, next_step(application)) if application.writable else "",
        "can_withdraw": application.state in ApplicationState.OPEN or application.state == ApplicationState.DRAFT,
        "urls": urls_of(application),
    }
    return render(request, "membership/application.html", context)


@of_link
@writable
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, application: Application) -> HttpResponse:
    return written_step(request, application, WhoForm, after="what")


@of_link
@writable
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest, application: Application) -> HttpResponse:
    return written_step(request, application, WhatForm, after="documents")


def written_step(
    request: HttpRequest, application: Application, form_class: type[StepForm], *, after: str
) -> HttpResponse:
    form = form_class(request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid():
        try:
            application = save(application, values=form.cleaned_data, now=timezone.now())
        except RuleViolation as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return to(application, form.step if "more" in request.POST else after)
    return render_step(request, "membership/step.html", form.step, application, form=form)


@of_link
@writable
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, application: Application) -> HttpResponse:
    """Each paper is kept as soon as it is sent; one that is refused leaves the others where they are."""
    missing = missing_papers(application)
    form = DocumentForm(
        request.POST or None, request.FILES or None, initial={"kind": next(iter(missing), DocumentKind.REPORT)}
    )
    if request.method == "POST":
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                document = add_document(
                    application, form.cleaned_data["file"], kind=form.cleaned_data["kind"], now=timezone.now()
                )
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, _("Saved: %(paper)s.") % {"paper": document.get_kind_display()})
                return to(application, "documents")
    papers = application.documents.select_related("file")
    return render_step(
        request, "membership/documents.html", "documents", application, form=form, papers=papers, missing=missing
    )


@of_link
@writable
@require_POST
def remove(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    remove_document(application, pk, now=timezone.now())
    messages.success(request, _("The paper is removed."))
    return to(application, "documents")


@of_link
@require_GET
def document(request: HttpRequest, application: Application, pk: int) -> HttpResponse:
    """One of the application's own papers."""
    paper = application.documents.select_related("file").filter(pk=pk).first()
    if paper is None:
        raise Http404
    return serve_private(paper.file, about=application, what=paper.kind, user=request.user)


@of_link
@writable
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, application: Application) -> HttpResponse:
    form = SendForm(request.POST or None)
    missing = [(gap, step_url(application, gap.step)) for gap in gaps(application)]
    if request.method == "POST" and form.is_valid():
        try:
            application = send(application, statements=True, now=timezone.now())
        except RuleViolation as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Sent. Thank you: we have written to you by e-mail."))
            return to(application)
    papers = application.documents.select_related("file")
    return render_step(request, "membership/check.html", "check", application, form=form, gaps=missing, papers=papers)


@of_link
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    if application.state in ApplicationState.ENDED:
        return to(application)
    if request.method == "POST":
        try:
            take_back(application, now=timezone.now())
        except RuleViolation as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The application is withdrawn."))
        return to(application)
    context = {"title": _("Withdraw the application"), "application": application, "urls": urls_of(application)}
    return render(request, "membership/withdraw.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest) -> HttpResponse:
    """Send me the link again. The answer is the same whether or not there is an application."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        try:
            slow_down("membership.link", email, limit=5)
            slow_down("membership.link", address_of(request), limit=40)
        except RuleViolation as error:
            form.add_error(None, error)
        else:
            send_link(email)
            messages.success(request, _("If there is an application with this address, its link is on the way to you."))
            return redirect("membership:link")
    return render(request, "membership/link.html", {"title": _("Go on with your application"), "form": form})


# Where the steps are, and which is next


def step_url(application: Application, step: str) -> str:
    return reverse(f"membership:{step}", args=[token_for(application)])


def to(application: Application, step: str = "application") -> HttpResponse:
    return redirect(step_url(application, step))


def urls_of(application: Application) -> dict[str, str]:
    return {name: step_url(application, name) for name in ("application", *STEPS, "withdraw")}


def next_step(application: Application) -> str:
    """The first step in which something is missing, else the last."""
    return next((gap.step for gap in gaps(application)), "check")


def progress(application: Application | None, current: str) -> list[dict[str, Any]]:
    """The four steps; which are complete, and where the reader is."""
    labels = {"who": _("Who you are"), "what": _("What you do"), "documents": _("Papers"), "check": _("Check and send")}
    incomplete = {gap.step for gap in gaps(application)} if application else set(STEPS)
    return [
        {
            "label": labels[step],
            "url": step_url(application, step) if application else "",
            "done": step != "check" and step not in incomplete,
            "current": step == current,
        }
        for step in STEPS
    ]


def render_step(
    request: HttpRequest, template: str, step: str, application: Application | None, **context: Any
) -> HttpResponse:
    steps = progress(application, step)
    context |= {
        "title": _("Become a member association"),
        "step_title": next(each["label"] for each in steps if each["current"]),
        "application": application,
        "steps": steps,
        "urls": urls_of(application) if application else {},
    }
    return render(request, template, context)
