from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

FREE = 2
AT_LEAST = 4


class SeveralSelects(forms.Select):
    """Several choices from a long list, each in a menu of its own: easier by thumb and by keyboard than one menu with many
    marked. There are always some free ones; saving brings more."""

    allow_multiple_selected = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        values = data.getlist(name) if hasattr(data, "getlist") else data.get(name) or []
        return [value for value in dict.fromkeys(values) if value]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # nothing chosen is an answer

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = list(value or [])
        attrs = {**self.attrs, **(attrs or {})}
        identifier = attrs.pop("id", f"id_{name}")
        attrs.pop("required", None)
        menus = []
        for position in range(max(AT_LEAST, len(chosen) + FREE)):
            here = {**attrs, "id": f"{identifier}_{position}" if position else identifier}
            if position:
                here["aria-label"] = _("one more")
            menu = forms.Select(attrs=here, choices=[("", "–"), *self.choices])
            menus.append((menu.render(name, chosen[position] if position < len(chosen) else "", here, renderer),))
        return format_html('<div class="several">{}</div>', format_html_join("\n", "{}", menus))


class SeveralField(forms.MultipleChoiceField):
    widget = SeveralSelects
