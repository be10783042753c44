"""What every page has: a lead, a picture, a description for search engines, a date to look at it again, and its place in five languages."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property, classproperty
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PanelGroup,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod
from wagtail_localize.fields import SynchronizedField

from .blocks.body import BodyBlock
from .fields import CarriedField, StreamField
from .gather import gather
from .languages import Language, in_language, language
from .permissions import OneRoadTester
from .privacy import in_any_language
from .slugs import source_of, why_taken


class BasePageForm(WagtailAdminPageForm):
    """Asks for the description that search engines and link previews show, which Wagtail leaves optional. On a translation
    that is edited by hand, slug and facts are shown and cannot be changed: they are the Italian page's."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "search_description" in self.fields:
            self.fields["search_description"].required = True
        if self.instance.source:
            self.keep_facts()

    def keep_facts(self) -> None:
        names = {fact.field_name for fact in self.instance.override_translatable_fields}
        fields = [field for name, field in self.fields.items() if name in names]
        for name in names & self.formsets.keys():
            fields += [field for form in self.formsets[name].forms for field in form.fields.values()]
        for field in fields:
            field.disabled = True

    def clean(self) -> dict[str, Any]:
        """A new page does not know yet where it will stand: the form does."""
        values = super().clean()
        if "slug" in values and (reason := why_taken(values["slug"], self.parent_page, by=self.instance)):
            self.add_error("slug", reason)
        return values


class BasePage(Page):
    """The ground of every page type.

    A type states what is its own: `search_kind` (its key in search and on cards), `kind_label`, `speaks_of` (records
    fetched with it), `stands_for` (the field of the one record that it is the page of), `tells_of` (the path to
    records that it tells of, and that show it), `card_rows` (what its card says beside), `facts_panels` (the tab of
    facts, which are the same in every language).
    """

    search_kind: ClassVar[str] = "page"
    kind_label: ClassVar[Any] = _("Page")
    speaks_of: ClassVar[tuple[str, ...]] = ()
    stands_for: ClassVar[str] = ""
    tells_of: ClassVar[str] = ""
    facts_panels: ClassVar[list] = []

    # What the way to the page told of it, so that nobody asks again.
    shown_instead_of: str | None = None
    ancestors: list[Page] | None = None
    versions: dict[str, "BasePage"] | None = None
    for_everybody = False
    card_facts: Sequence[str] = ()

    introduction = models.TextField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("Two or three sentences. They open the page and stand on its card in lists."),
    )
    image = models.ForeignKey(
        "core.FoundationImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(
        _("description of the picture"), max_length=250, blank=True,
        help_text=_("Only if the picture tells something that the text does not. Empty: it decorates."),
    )  # fmt: skip
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    review_on = models.DateField(
        _("look at it again on"),
        null=True,
        blank=True,
        help_text=_("From this day on the dashboard asks the owner whether the page is still true."),
    )

    base_form_class = BasePageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], _("Picture")),
        FieldPanel("body"),
    ]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            _("For search engines and shared links"),
        ),
    ]
    settings_panels = [PublishingPanel(), FieldPanel("owner"), FieldPanel("review_on")]

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls: Any) -> Any:  # noqa: N805 - Wagtail's decorator makes it a class method
        tabs = [
            ObjectList(cls.content_panels, heading=_("Content")),
            ObjectList(cls.facts_panels, heading=_("Facts"), help_text=_("The same in every language.")),
            ObjectList(cls.promote_panels, heading=_("Found and shared")),
            ObjectList(cls.settings_panels, heading=_("Care")),
        ]
        tabs = [tab for tab in tabs if tab.children]
        return TabbedInterface(tabs, base_form_class=cls.base_form_class).bind_to_model(cls)

    def permissions_for_user(self, user: Any) -> OneRoadTester:
        return OneRoadTester(user, self)

    # Languages

    @classproperty
    def override_translatable_fields(cls: Any) -> list[SynchronizedField]:  # noqa: N805 - on the class
        """What stands on the tab of facts is the same in every language: a translator can neither translate nor replace it.

        The picture is not among them: a poster has words.
        """
        facts = ["review_on", *names_in(cls.facts_panels)]
        return [
            CarriedField("slug", overridable=False),
            *(SynchronizedField(name, overridable=False) for name in facts),
        ]

    @cached_property
    def source(self) -> Page | None:
        return source_of(self)

    def clean(self) -> None:
        super().clean()
        parent = self.get_parent()
        if parent and not self.source and (reason := why_taken(self.slug, parent, by=self)):
            raise ValidationError({"slug": reason})

    def can_move_to(self, parent: Page) -> bool:
        """Within its own language, and where its slug is free in all of them. A translation goes where its source goes."""
        if self.source or parent.locale_id != self.locale_id or why_taken(self.slug, parent, by=self):
            return False
        return super().can_move_to(parent)

    def with_content_json(self, content: Any) -> Any:
        """A version of a translation brings its words back, and not the slug that it had then."""
        page = super().with_content_json(content)
        if self.source:
            page.slug, page.url_path = self.slug, self.url_path
        return page

    @property
    def text_language(self) -> Language:
        """The language that the text of this page is in; an alias speaks that of its original."""
        return language((self.alias_of or self).locale.language_code)

    @property
    def localized(self) -> Page:
        """This page in the language that is being written, where it is published there. No query where its versions came along."""
        if self.versions is None:
            return super().localized
        return self.versions.get(get_language(), self)

    @cached_property
    def published_languages(self) -> set[str]:
        """Codes of the languages that this page is published in. One query, unless the way to the page brought them along."""
        rows = Page.objects.live().filter(translation_key=self.translation_key, alias_of=None)
        return set(rows.values_list("locale__language_code", flat=True))

    @property
    def live_translations(self) -> list[tuple[str, str]]:
        """(language, address path) of each language that this page is published in, in the order of the site."""
        return [
            (code, in_language(self.relative_path, code))
            for code, _name in settings.LANGUAGES
            if code in self.published_languages
        ]

    @cached_property
    def relative_path(self) -> str:
        return self.get_url() or f"/{self.locale.language_code}/"

    # Privacy

    # Not by a password that is passed round: nobody could say who read the page.
    private_page_options = ["groups", "login"]

    def get_view_restrictions(self) -> QuerySet:
        """Who may see the page, in whichever language that was said. Wagtail asks twice on every page; the way to it has asked
        already."""
        if self.for_everybody:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions() | in_any_language(self)

    # Search

    @property
    def record(self) -> models.Model | None:
        """The row of a register that this is the page of: when it changes, the words of the page are read again."""
        return getattr(self, self.stands_for) if self.stands_for else None

    def searchable_text(self) -> list[str]:
        """The words to be found by, besides title and introduction; a type adds the names in its record."""
        field = self._meta.get_field("body")
        return [strip_tags(text) for text in field.get_searchable_content(self.body)]

    # What templates ask

    @cached_property
    def breadcrumbs(self) -> list[dict[str, str]]:
        pages = self.ancestors if self.ancestors is not None else list(self.get_ancestors().filter(depth__gte=2))
        asked = self.shown_instead_of or self.locale.language_code
        return [
            {"title": page.title, "url": in_language(page.get_url() or "/", asked)} for page in pages if page.depth >= 2
        ]

    @cached_property
    def sections(self) -> list[dict[str, str]]:
        """Title and anchor of each section, for the table of contents."""
        return [
            {"title": block.value["text"], "anchor": block.value.anchor}
            for block in self.body.blocks_by_name("heading")  # the others would ask for what they choose
            if block.value["level"] == "h2"
        ]

    @classmethod
    def card_rows(cls, pages: QuerySet) -> QuerySet | None:
        """What cards say from tables that hold several rows a page: rows (page, order, text), which become `card_facts`.

        Asked of all types in one query.
        """
        return None

    @property
    def card_meta(self) -> list[str]:
        """Short facts for the card; a type adds its own."""
        return []

    @property
    def card(self) -> dict[str, Any]:
        text = self.text_language
        return {
            "kind": self.search_kind,
            "kind_label": self.kind_label,
            "title": self.title,
            "url": self.get_url() or "",
            "text": self.introduction or strip_tags(self.search_description),
            "image": self.image,
            "meta": [fact for fact in self.card_meta if fact],
            "lang": text.code,
            "dir": text.dir,
        }

    def get_context(
        self, request: HttpRequest, *args: Any, cards: Iterable["BasePage"] = (), **kwargs: Any
    ) -> dict[str, Any]:
        """`cards`: the pages that a type shows beside the body."""
        context = super().get_context(request, *args, **kwargs)
        alternates = self.live_translations
        here = dict(alternates).get(self.locale.language_code, self.relative_path)
        context.update(
            body=gather(self, cards),
            text_language=self.text_language,
            language_notice=self.shown_instead_of is not None,
            breadcrumbs=self.breadcrumbs,
            alternates=[{"code": code, "url": request.build_absolute_uri(path)} for code, path in alternates],
            canonical_url=request.build_absolute_uri(here),
            last_update=self.last_published_at,
        )
        return context


def page_types() -> list[type[BasePage]]:
    """Every type of page that there is."""
    return [model for model in apps.get_models() if issubclass(model, BasePage)]


class TopicsMixin(models.Model):
    """A page about one or more of the 22 topics; the same topics in every language."""

    topics = ParentalManyToManyField(
        "core.Topic",
        verbose_name=_("topics"),
        blank=True,
        related_name="+",
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE},
    )

    class Meta:
        abstract = True


def names_in(panels: Iterable[Any]) -> Iterator[str]:
    """The fields and relations that these panels edit."""
    for panel in panels:
        if isinstance(panel, PanelGroup):
            yield from names_in(panel.children)
        else:
            yield panel.relation_name if isinstance(panel, InlinePanel) else panel.field_name
