"""Who sits where: a case's people as an airline wants them, and which of them no airline can print."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import iso3166
from pydantic import ValidationError
from sqlmodel import Session, select

from integrations.airline import IdentityDocument, Passenger, age_on, laps, name_trouble
from integrations.errors import PartnerRefused
from models.database import vault_of
from models.document_names import Names, printable_name
from models.person import Person
from models.travel_document import TravelDocument
from workflows.actions.people import opened
from workflows.facts import Traveller
from workflows.house import World

TITLES = {"F": "ms", "M": "mr", "X": "mr"}


def ages(people: Sequence[Traveller], on: date) -> tuple[int, ...]:
    """Everybody's age on the travel day, in their order."""
    return tuple(age_on(person.born_on, on) for person in people)


def seats(session: Session, people: Sequence[Person], ids: Sequence[str], aged: Sequence[int]) -> list[dict[str, Any]]:
    """One entry a person; ``ids`` are the offer's, in the order of ``aged``. An infant names the adult it sits on."""
    on_laps = laps(aged)
    return [
        passenger(session, person, ids[place]) | {"infant_of": ids[on_laps[place]] if place in on_laps else None}
        for place, person in enumerate(people)
    ]


def passenger(session: Session, person: Person, outside_id: str) -> dict[str, Any]:
    """One passenger as the airline wants it, but for the agency's address. The name is the document's, whole."""
    known, passport = opened(session, person), passport_of(session, person)
    given, family = (passport and printed(session, passport)) or (known["given_names"], known["family_name"])
    return {
        "id": outside_id,
        "title": TITLES[known["sex"]],
        "gender": "f" if known["sex"] == "F" else "m",
        "given_name": given,
        "family_name": family,
        "born_on": known["born_on"],
        "document": identity(session, passport) if passport else None,
    }


def passport_of(session: Session, person: Person) -> TravelDocument | None:
    """The passport that lasts longest."""
    rows = session.exec(
        select(TravelDocument).where(TravelDocument.person_id == person.id, TravelDocument.kind == "passport")
    ).all()
    return max(rows, key=lambda row: row.expires_on, default=None)


def printed(session: Session, document: TravelDocument) -> Names | None:
    """Given and family name as a ticket carries them, where the document's own spelling is known (fault F48)."""
    vault = vault_of(session)
    family = vault.open(document, "family_name")
    return printable_name(vault.open(document, "given_names") or "", family) if family else None


def identity(session: Session, document: TravelDocument) -> IdentityDocument:
    """What the airline is told of a passport."""
    number = vault_of(session).open(document, "number")
    return IdentityDocument(
        kind="passport", number=number, country=alpha2(document.country), expires_on=document.expires_on
    )


def alpha2(code: str) -> str:
    """A country's two letters from its three."""
    return str(iso3166.countries_by_alpha3[code].alpha2)


def bookable(world: World, entries: Sequence[dict[str, Any]]) -> tuple[Passenger, ...]:
    """The passengers with the agency's own e-mail and phone, never the person's.

    Raises PartnerRefused, before anything is sent, for what no airline takes: ``name_too_long``,
    ``name_not_printable`` or ``passenger_not_bookable``. A name is never cut: a ticket must match the document.
    """
    for name in (entry[part] for entry in entries for part in ("given_name", "family_name")):
        if trouble := name_trouble(name):
            raise PartnerRefused("airline", "hold", trouble)
    agency = {"email": world.settings.agency_email, "phone": world.settings.agency_phone}
    try:
        return tuple(Passenger(**entry, **agency) for entry in entries)
    except ValidationError:
        raise PartnerRefused("airline", "hold", "passenger_not_bookable") from None
