"""The demonstration's records: cities, funded projects, agreements. What exists already stays as it is."""

import datetime

from associations.places.models import City, CityName, Network, NetworkMembership
from projects.agreements.models import Agreement, AgreementLabel, Promise, Step
from projects.funding.models import Grant, Partner, Programme

from .content import data

# The list of participating cities was published on this day; today's list is longer.
LIST_SEEN_ON = datetime.date(2017, 10, 11)


def load_cities() -> None:
    network, _created = Network.objects.get_or_create(
        slug="intercultural-cities",
        defaults={
            "name": "Intercultural Cities Programme (ICC)",
            "url": "https://www.coe.int/en/web/interculturalcities",
        },
    )
    known = set(City.objects.values_list("slug", flat=True))
    rows = [row for row in data("cities") if row["slug"] not in known]
    City.objects.bulk_create(
        City(
            slug=row["slug"], name=row["name"], country=row["country"], kind=row["kind"], latitude=row["latitude"],
            longitude=row["longitude"], note=row["note"] or "",
        )
        for row in rows
    )  # fmt: skip
    cities = City.objects.in_bulk([row["slug"] for row in rows], field_name="slug")
    names = [
        CityName(city=cities[row["slug"]], language=language, text=text)
        for row in rows
        for language, text in row["names"].items()
    ]
    names += [CityName(city=cities[row["slug"]], text=text, alias=True) for row in rows for text in row["aliases"]]
    CityName.objects.bulk_create(names)
    NetworkMembership.objects.bulk_create(
        NetworkMembership(
            network=network,
            city=city,
            seen_on=LIST_SEEN_ON,
            source="Intercultural Cities, list of participating cities",
        )
        for city in cities.values()
    )


def load_grants() -> None:
    for slug, row in data("grants").items():
        programme = None
        if row["programme"]:
            programme, _created = Programme.objects.get_or_create(
                slug=row["programme"]["key"],
                defaults={
                    "name": row["programme"]["name"],
                    "period": row["programme"]["period"] or "",
                    "funder": row["programme"]["funder"],
                },
            )
        grant, created = Grant.objects.get_or_create(
            slug=slug,
            defaults={
                "acronym": row["acronym"], "title": row["title"], "programme": programme, "number": row["number"] or "",
                "start": str(row["start"] or ""), "end": str(row["end"] or ""), "budget": row["budget"], "contribution": row["contribution"],
            },
        )  # fmt: skip
        if created:
            Partner.objects.bulk_create(
                Partner(
                    grant=grant,
                    name=partner["name"],
                    role=partner["role"],
                    country=partner["country"] or "",
                    sort_order=order,
                )
                for order, partner in enumerate(row["partners"])
            )


def load_agreements() -> None:
    for slug, row in data("agreements").items():
        agreement, created = Agreement.objects.get_or_create(
            slug=slug,
            defaults={
                key: row[key]
                for key in ("kind", "partner", "partner_kind", "country", "latitude", "longitude", "official", "status")
            },
        )
        if not created:
            continue
        labels = [("partner", row["partner_names"]), ("country", row.get("country_label") or {})]
        AgreementLabel.objects.bulk_create(
            AgreementLabel(agreement=agreement, what=what, language=language, text=text)
            for what, names in labels
            for language, text in names.items()
        )
        Step.objects.bulk_create(
            Step(
                agreement=agreement, kind=step["kind"], date=str(step["date"]), place=step["place"] or "",
                signatories=step["signatories"] or "", sort_order=order,
            )
            for order, step in enumerate(row["steps"])
        )  # fmt: skip
        Promise.objects.bulk_create(
            Promise(
                agreement=agreement, number=promise["number"], state=promise["state"], since=str(promise["since"] or ""),
                until=str(promise["until"] or ""),
            )
            for promise in row.get("promises") or []
        )  # fmt: skip
