"""A finished translation put in its place: every sentence stored where the translation editor looks for it.

Made for texts that come from elsewhere (the demonstration, an import). People translate in the editor.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments, quote_path_component

# What is empty on purpose in one language: the translation package takes an empty string for "not translated yet".
EMPTY = "<i></i>"


class TextsDiffer(ValueError):
    """Source and translation do not have the same structure, so that sentence cannot meet sentence."""


def publish_translation(
    source: Any, target: Locale | str, texts: Mapping[str, Any] | models.Model, *, user: Any = None
) -> Any:
    """Publish `source` (a saved page or snippet) in another language with these texts; the published instance is returned.

    `texts` is either the texts by field name, or an unsaved instance of the same class that carries them. StreamFields
    have the same blocks in the same order, rich texts the same number of paragraphs; ids of blocks and keys of
    translated children are taken from the source. It goes live at once: no workflow asks.
    """
    locale = target if isinstance(target, Locale) else Locale.objects.get(language_code=target)
    with transaction.atomic():
        translation_source, _created = TranslationSource.update_or_create_from_instance(source)
        original = translation_source.as_instance()
        translated = texts if isinstance(texts, models.Model) else with_texts(translation_source.as_instance(), texts)
        follow_structure(original, translated)
        translation, _created = Translation.objects.update_or_create(
            source=translation_source, target_locale=locale, defaults={"enabled": True}
        )
        store_sentences(translation, translated, user)
        return save_published(translation, user)


def with_texts(instance: Any, texts: Mapping[str, Any]) -> Any:
    """The same instance, in memory, speaking these texts. Translated children are given as a list of mappings."""
    for name, value in texts.items():
        field = instance._meta.get_field(name)
        if field.one_to_many:
            children = list(getattr(instance, name).all())
            if len(children) != len(value):
                raise TextsDiffer(f"{name}: {len(children)} in the source, {len(value)} in the translation")
            for child, child_texts in zip(children, value, strict=True):
                with_texts(child, child_texts)
        elif isinstance(field, StreamField) and value and isinstance(value[0], dict):
            setattr(instance, name, json.dumps(value))
        else:
            setattr(instance, name, value)
    return instance


# Structure


def follow_structure(original: Any, translated: Any) -> None:
    """Give the translated instance the block ids, the keys of children and the chosen records of its source."""
    translated.locale_id = original.locale_id
    for translatable in get_translatable_fields(type(original)):
        field = translatable.get_field(type(original))
        if isinstance(field, StreamField):
            merged = with_ids_of(
                blocks_of(getattr(original, field.name)), blocks_of(getattr(translated, field.name)), field.name
            )
            setattr(translated, field.name, json.dumps(merged))
        elif isinstance(field, models.ForeignKey) and getattr(translated, field.attname) is None:
            setattr(translated, field.attname, getattr(original, field.attname))
        elif isinstance(field, models.ManyToOneRel) and translatable.is_translated(original):
            children = list(getattr(original, field.name).all()), list(getattr(translated, field.name).all())
            if len(children[0]) != len(children[1]):
                raise TextsDiffer(
                    f"{field.name}: {len(children[0])} in the source, {len(children[1])} in the translation"
                )
            for child, translated_child in zip(*children, strict=True):
                translated_child.translation_key = child.translation_key
                follow_structure(child, translated_child)


def blocks_of(stream: Any) -> list[dict[str, Any]]:
    """The stream as stored, with an id on each block and on each item of a list."""
    return [
        {"type": child.block_type, "value": child.block.get_prep_value(child.value), "id": child.id or str(uuid4())}
        for child in stream
    ]


def with_ids_of(source: Any, target: Any, path: str) -> Any:
    """The target's values under the source's ids."""
    if isinstance(source, list):
        if len(source) != len(target):
            raise TextsDiffer(f"{path}: {len(source)} parts in the source, {len(target)} in the translation")
        return [
            with_ids_of(one, other, f"{path}.{number}")
            for number, (one, other) in enumerate(zip(source, target, strict=True))
        ]
    if isinstance(source, dict) and isinstance(target, dict):
        is_block = source.keys() >= {"type", "value", "id"}
        if is_block and source["type"] != target["type"]:
            raise TextsDiffer(f"{path}: {source['type']} in the source, {target['type']} in the translation")
        merged = {
            name: with_ids_of(value, target.get(name), f"{path}.{name}")
            for name, value in source.items()
            if name in target
        }
        return {**target, **merged, "id": source["id"]} if is_block else {**target, **merged}
    return target


# Sentences


def keep_hand_edits(translation: Translation, page: Any, user: Any) -> list[str]:
    """Take what was written by hand into the translation's sentences; the places where that cannot be are returned.

    Asked before a translation that was stopped starts again: its next version is made of its sentences alone.
    """
    given, chosen = segments_of(page)
    wanted = wanted_sentences(translation)
    lost = [path for path, segments in given.items() if len(segments) != len(wanted.get(path, []))]
    sentences = {}
    for path in given.keys() - set(lost):
        for row, segment in zip(wanted[path], given[path], strict=True):
            try:
                sentences[row.string_id, row.context_id] = link_by_link(row, segment, chosen)
            except TextsDiffer:
                lost.append(path)
    if not lost:
        save_sentences(translation, edited_sentences(translation, sentences), user)
        save_choices(translation, chosen, user)
    return lost


def edited_sentences(translation: Translation, sentences: Mapping[tuple[int, int], str]) -> dict[tuple[int, int], str]:
    """Those that differ from what is stored. An Italian sentence that is new since then stays to be translated."""
    known = StringTranslation.objects.filter(
        locale=translation.target_locale_id, context__object_id=translation.source.object_id, has_error=False
    )
    stored = {
        (string, context): data for string, context, data in known.values_list("translation_of", "context", "data")
    }
    return {key: data for key, data in sentences.items() if key in stored and stored[key] != data}


def store_sentences(translation: Translation, translated: Any, user: Any) -> None:
    """Store each sentence of the translated instance under the sentence of the source that stands in its place."""
    given, chosen = segments_of(translated)
    wanted = wanted_sentences(translation)
    check_sentences(
        {path: len(rows) for path, rows in wanted.items()}, {path: len(rows) for path, rows in given.items()}
    )
    sentences = {}
    for path, rows in wanted.items():
        for row, segment in zip(rows, given[path] or [None] * len(rows), strict=True):
            data = link_by_link(row, segment, chosen) if segment else EMPTY
            sentences[row.string_id, row.context_id] = data
    save_sentences(translation, sentences, user)
    save_choices(translation, chosen, user)


def segments_of(instance: Any) -> tuple[dict[str, list[StringSegmentValue]], dict[str, Any]]:
    """The sentences of an instance by place, and the addresses and records that it chooses."""
    sentences: dict[str, list[StringSegmentValue]] = defaultdict(list)
    chosen: dict[str, Any] = {}
    for segment in extract_segments(instance):
        if isinstance(segment, StringSegmentValue):
            sentences[segment.path].append(segment)
        elif isinstance(segment, OverridableSegmentValue):
            chosen[segment.path] = segment.data
    return sentences, chosen


def wanted_sentences(translation: Translation) -> dict[str, list[StringSegment]]:
    wanted: dict[str, list[StringSegment]] = defaultdict(list)
    for row in translation.source.stringsegment_set.select_related("string", "context").order_by("order"):
        wanted[row.context.path].append(row)
    return wanted


def check_sentences(wanted: Mapping[str, int], given: Mapping[str, int]) -> None:
    """Same number of sentences in each place. A place may be left empty in the translation, not in the source alone."""
    errors = [
        f"{path}: {wanted.get(path, 0)} sentences in the source, {number} in the translation"
        for path, number in given.items()
        if number != wanted.get(path, 0)
    ]
    errors += [
        f"{path}: no text in the translation" for path, number in wanted.items() if number > 1 and path not in given
    ]
    if errors:
        raise TextsDiffer("; ".join(errors))


def link_by_link(row: StringSegment, segment: StringSegmentValue, chosen: dict[str, Any]) -> str:
    """The translated sentence, in which each link has the number that the same link has in the source.

    Word order moves links. A link that leads elsewhere in the translation takes the place that is left, and is noted.
    """
    links, left = segment.attrs or {}, json.loads(row.attrs or "null") or {}
    if len(links) > len(left):
        raise TextsDiffer(f"{row.context.path}: more links in the translation than in the source")
    numbers = {}
    for name, link in links.items():
        if match := next((other for other, its_link in left.items() if its_link == link), None):
            numbers[name] = match
            del left[match]
    for name, link in links.items():
        if name not in numbers:
            numbers[name], its_link = left.popitem()
            if link.get("href") and its_link.get("href"):
                chosen[f"{row.context.path}.{quote_path_component(its_link['href'])}"] = link["href"]
    return re.sub(r'(<a id=")(a\d+)(")', lambda found: f"{found[1]}{numbers[found[2]]}{found[3]}", segment.string.data)


def save_sentences(translation: Translation, sentences: Mapping[tuple[int, int], str], user: Any) -> None:
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=string,
                context_id=context,
                locale_id=translation.target_locale_id,
                data=data,
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
                last_translated_by=user,
                updated_at=timezone.now(),
            )
            for (string, context), data in sentences.items()
        ],
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=[
            "data",
            "translation_type",
            "last_translated_by",
            "updated_at",
            "has_error",
            "field_error",
            "tool_name",
        ],
    )


def save_choices(translation: Translation, chosen: Mapping[str, Any], user: Any) -> None:
    """Addresses and records that differ from those of the source."""
    for row in OverridableSegment.objects.filter(source_id=translation.source_id).select_related("context"):
        value = chosen.get(row.context.path)
        if value not in (None, "", row.data):
            SegmentOverride.objects.update_or_create(
                locale_id=translation.target_locale_id,
                context=row.context,
                defaults={
                    "data_json": json.dumps(value),
                    "last_translated_by": user,
                    "has_error": False,
                    "field_error": "",
                },
            )


def save_published(translation: Translation, user: Any) -> Any:
    """Saved, and published now: left to itself the package publishes pages after the transaction."""
    is_page = issubclass(translation.source.specific_content_type.model_class(), Page)
    instance, _created = translation.source.create_or_update_translation(
        translation.target_locale, user=user, publish=not is_page, copy_parent_pages=True, fallback=True
    )
    if is_page:
        instance.latest_revision.publish(user=user, skip_permission_checks=True)
    instance.refresh_from_db()
    return instance
