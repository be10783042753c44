from typing import Any

from associations.membership.models import Association
from associations.places.models import City
from projects.agreements.models import Agreement
from projects.enrolment.models import Course, Edition
from projects.funding.models import Grant

from .content import PageContent, data


def facts_of(content: PageContent) -> dict[str, Any]:
    """The synchronised fields of a page, from the keys that its file names."""
    facts = content.facts
    fields: dict[str, Any] = {}
    if facts.get("grant"):
        fields["grant"] = Grant.objects.get(slug=facts["grant"])
    if "agreement" in facts:
        fields["agreement"] = Agreement.objects.get(slug=facts["agreement"])
    if "course" in facts:
        fields["course"] = Course.objects.get(slug=facts["course"])
    if "event" in facts:
        fields["edition"] = Edition.objects.get(slug=facts["event"])
        fields["kind"] = data("events")[facts["event"]]["kind"]
    if "association" in facts:
        fields["association"] = Association.objects.get(slug=facts["association"])
    if "city" in facts:
        fields["city"] = City.objects.get(slug=facts["city"])
    for name in ("start_year", "end_year", "ongoing", "source_title", "source_url"):
        if facts.get(name) is not None:
            fields[name] = facts[name]
    if content.type == "home.NewsPage":
        fields["date"] = content.data["published"]
    return fields
