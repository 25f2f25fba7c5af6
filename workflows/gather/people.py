"""People, consents, contact, screening and counselling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from models import child, clearance, travel_document
from models.consent import Consent, ConsentKind
from models.person import Person
from workflows import facts as f
from workflows.gather.channels import channels
from workflows.gather.documents import documents_of
from workflows.gather.reader import Reader
from workflows.gather.voluntariness import declared_at, reconfirmation
from workflows.pathways import rules_of


def travellers(read: Reader, consents: Sequence[Consent]) -> tuple[f.Traveller, ...]:
    """The people, principal first."""
    people = sorted(read.all(Person), key=lambda person: (not person.principal, person.id))
    per_kind = {
        kind: read.current(kind)
        for kind in (
            travel_document.Application,
            clearance.HealthClearance,
            child.BestInterests,
        )
    }
    return tuple(
        aged(read, traveller(read, person, documents_of(read, person), per_kind, consents)) for person in people
    )


def traveller(
    read: Reader,
    person: Person,
    documents: tuple[f.Document, ...],
    rows: dict[type[Any], list[Any]],
    consents: Sequence[Consent],
) -> f.Traveller:
    """One person with the newest of everything."""

    def newest(kind: type[Any]) -> Any:
        mine = [row for row in rows[kind] if row.person_id == person.id]
        return mine[-1] if mine else None

    application = newest(travel_document.Application)
    fit = newest(clearance.HealthClearance)
    best = newest(child.BestInterests)
    yes = reconfirmation(read, person)
    born = read.vault.open_date(person, "born_on")
    if born is None:
        raise ValueError("a person without a birth date cannot be decided about")
    return f.Traveller(
        id=str(person.id),
        principal=person.principal,
        born_on=born,
        documents=documents,
        application=application
        and f.Application(
            application.status, application.at, application.looked_at, application.generation, application.refusal_code
        ),
        fitness=fit and f.Fitness(bool(read.vault.open(fit, "fit")), fit.valid_from, fit.valid_until),
        declared_at=declared_at(read, person, consents),
        best_interests=best and (best.in_favour and best.guardian_consents and best.carer_confirmed),
        reconfirmed_at=yes.at if yes and yes.still_wants else None,
        best_interests_until=best.valid_until if best else None,
    )


def aged(read: Reader, who: f.Traveller) -> f.Traveller:
    """With the age that counts: the decided one, else the youngest that anybody says (domain.md §6)."""
    claims = [row for row in read.all(child.AgeClaim) if str(row.person_id) == who.id]
    decisions = [row for row in read.all(child.AgeDecision) if str(row.person_id) == who.id]
    if decisions and (not claims or claims[-1].at <= decisions[-1].at):
        return replace(who, counts_from=read.vault.open_date(decisions[-1], "born_on"))
    dates = [read.vault.open_date(row, "born_on") for row in claims]
    known = [born for born in dates if born]
    return replace(who, counts_from=max([who.born_on, *known]), treated_as_child=len(known) < len(dates))


def has_consented(consents: Sequence[Consent], kind: ConsentKind) -> bool:
    """The newest word of this kind is yes."""
    words = [row for row in consents if row.kind is kind]
    return bool(words) and words[-1].given


def recipients(read: Reader, consents: Sequence[Consent]) -> list[str]:
    """Partners with whom the person, on this journey, lets us share for reception."""
    newest = {
        row.recipient: row.given
        for row in consents
        if row.kind is ConsentKind.TRANSFER and row.journey == read.case.journey and row.recipient
    }
    return [recipient for recipient, given in newest.items() if given]


def contact_hours(read: Reader, now: datetime) -> tuple[str, int, int] | None:
    """When a message may go to the principal: the hours of the channel that would be used now."""
    channel = reach(read, now)
    return (channel.zone, channel.from_hour, channel.to_hour) if channel else None


def reach(read: Reader, now: datetime) -> f.Channel | None:
    """The principal's channel for messages: safe, not stopped, confirmed within the limit (F24, S19)."""
    principal = next((str(person.id) for person in read.all(Person) if person.principal), "")
    limit = rules_of(read.case.pathway, read.case.pathway_version).time("contact_confirmed")
    return f.Intake(channels=channels(read)).reach(principal, now, limit)
