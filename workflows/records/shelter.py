"""Records stays in shelters: admissions, departures, the house's book, sheets written offline, needs, assistance."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, func, select, update

from models import shelter as s
from models.base import new_id
from models.counselling import Support
from models.event import append
from models.person import Person
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.pathways import rules_of
from workflows.pathways.tables.shelter import FundingLine
from workflows.records.beds import own, take_bed
from workflows.records.common import PROTECTION, STAFF, about, person

HOUSE = (Role.SHELTER_PARTNER, *STAFF)
K = TypeVar("K")
NO_BED = "choose another shelter, or record the unmet need (unmet_need), so that the shortfall is seen."


def known(r: Recording, kind: type[K]) -> K | None:
    """The row that this very writing made before: what is sent twice is kept once. Raises Refused for another's."""
    row: Any = r.session.exec(select(kind).where(col(kind.client_id) == r.body.client_id)).first()  # type: ignore[attr-defined]
    if row is not None and row.case_id != r.case.id:
        raise Refused(
            "client_id_taken", "client_id: used in another case; make a new one for each writing.", "client_id"
        )
    return row  # type: ignore[no-any-return]


def admission(r: Recording) -> None:
    """A bed for one person."""
    who = person(r)
    if known(r, s.Stay) is None:
        admit(r, who, r.body.client_id, r.body.unit, already_there=r.body.already_there)


def admit(r: Recording, who: Person, client_id: str, unit: str | None, *, already_there: bool = False) -> None:
    """A free bed; or, for somebody who is there already, none and a need that shows. Raises Refused."""
    if unit:
        own(r, unit)
    refuse_second(r, who)
    stay_id, at = new_id(), getattr(r.body, "admitted_at", None) or r.now
    bed = take_bed(r, who, unit, stay_id)
    where = bed.unit_code if bed else unit if already_there else None
    if where is None:
        raise Refused("no_bed", f"No bed that suits this person is free in {unit or 'any shelter'}: {NO_BED}")
    if bed is None:
        over = s.UnmetNeed(**r.row, person_id=who.id, need="shelter", reason="over_capacity", exclusions=[],
                           noticed_at=at)  # fmt: skip
        r.save(over)
    row = s.Stay(**r.row, id=stay_id, person_id=who.id, client_id=client_id, admitted_at=at, unit_code=where,
                 bed_id=bed.id if bed else None)  # fmt: skip
    r.save(row)
    append(r.session, r.case.ref, "shelter.admitted", r.by, r.now, unit=where, stay=str(stay_id))


def refuse_second(r: Recording, who: Person) -> None:
    """One stay at a time."""
    ended = select(s.StayEnd.stay_id)
    living = r.session.exec(select(s.Stay).where(s.Stay.person_id == who.id, col(s.Stay.id).not_in(ended))).first()
    if living:
        raise Refused(
            "already_in", f"This person is in {living.unit_code} already: record first that they left (stay_end)."
        )


def of_stay(r: Recording, stay_id: UUID) -> s.Stay:
    """A stay of this case that this person may deal with. Raises Wrong, NotAllowed."""
    stay = r.session.get(s.Stay, stay_id)
    if stay is None or stay.case_id != r.case.id:
        raise Wrong("unknown", "stay: not a stay of this case.", "stay")
    own(r, stay.unit_code)
    return stay


def stay_end(r: Recording) -> None:
    """Somebody left, whenever they wanted to."""
    if known(r, s.StayEnd) is None:
        end(r, of_stay(r, r.body.stay), r.body.client_id, r.body.left_at or r.now, r.body.reason)


def end(r: Recording, stay: s.Stay, client_id: str, left_at: Any, reason: str | None = None) -> None:
    """The bed is free at once. Raises Refused when they have left already."""
    if r.session.exec(select(s.StayEnd.id).where(s.StayEnd.stay_id == stay.id)).first():
        raise Refused("left_already", "This stay has ended already.")
    if left_at < stay.admitted_at:
        raise Wrong("order", "left_at: nobody leaves before they came; correct the time.", "left_at")
    free = update(s.ShelterBed).where(col(s.ShelterBed.occupied_by) == stay.id).values(occupied_by=None)
    r.session.connection().execute(free)
    row = s.StayEnd(**r.row, person_id=stay.person_id, client_id=client_id, stay_id=stay.id, left_at=left_at)
    r.save(row, reason=reason)
    append(r.session, r.case.ref, "shelter.left", r.by, r.now, unit=stay.unit_code, stay=str(stay.id))


def stay_review(r: Recording) -> None:
    """The bed is needed on, or the person has left."""
    stay = of_stay(r, about(r, s.Stay).id)
    if r.body.still_needed:
        r.save(Support(**r.row, need="stay_review", subject=str(stay.id)))
    else:
        end(r, stay, f"review:{stay.id}", r.now)


def entry(r: Recording) -> None:
    """A line of the house's book; a serious incident goes before a protection officer."""
    if known(r, s.ShelterEntry):
        return
    stay = of_stay(r, r.body.stay)
    row = s.ShelterEntry(
        **r.row, person_id=stay.person_id, client_id=r.body.client_id, stay_id=stay.id, kind=r.body.kind,
        serious=r.body.serious and r.body.kind == "incident", happened_at=r.body.happened_at,
    )  # fmt: skip
    r.save(row, text=r.body.text)


def incident_review(r: Recording) -> None:
    """A protection officer has looked into it."""
    row = about(r, s.ShelterEntry)
    if row.by == r.by:
        raise Refused("four_eyes", "Somebody else than who wrote the incident down must look into it.")
    r.save(Support(**r.row, need="shelter_incident_review", subject=str(row.id)))


def unmet_need(r: Recording) -> None:
    """A shortfall or an exclusion, so that it can be counted and ended."""
    if r.body.reason == "excluded" and not r.body.exclusions:
        raise Wrong("exclusions", "exclusions: say why the person was excluded; the list is for that.", "exclusions")
    row = s.UnmetNeed(**r.row, person_id=person(r).id, need=r.body.need, reason=r.body.reason,
                      exclusions=list(r.body.exclusions), noticed_at=r.now)  # fmt: skip
    r.save(row, detail=r.body.detail)


def assistance(r: Recording) -> None:
    """Something given, within what one person may receive from that line. Raises Refused, Wrong."""
    if known(r, s.DirectAssistance):
        return
    who, lines = (
        person(r),
        {row.code: row for row in rules_of(r.case.pathway, r.case.pathway_version).rows(FundingLine)},
    )
    line = lines.get(r.body.line)
    if line is None:
        raise Wrong("unknown_line", f"line: there is no such line; use one of {', '.join(lines)}.", "line")
    if r.body.currency != line.currency:
        raise Wrong("currency", f"currency: this line is kept in {line.currency}.", "currency")
    given = select(func.coalesce(func.sum(s.DirectAssistance.amount), 0)).where(
        s.DirectAssistance.person_id == who.id, s.DirectAssistance.line == line.code
    )
    left = line.most - r.session.exec(given).one()
    if r.body.amount > left:
        raise Refused(
            "cap", f"Only {left:.2f} {line.currency} are left for this person on {line.code}: a larger need goes into "
            "the plan, where the supervisor approves it.", "amount",
        )  # fmt: skip
    kept = r.body.model_dump(include={"client_id", "line", "amount", "currency", "given_on", "proof_hash"})
    r.save(s.DirectAssistance(**r.row, person_id=who.id, **kept))


def shelter(r: Recording) -> None:
    """Somewhere safe to live; a shelter takes everybody of the case, or nobody."""
    if r.body.place == "bed":
        people = r.session.exec(select(Person).where(Person.case_id == r.case.id)).all()
        for who in sorted(people, key=lambda one: (not one.principal, str(one.id))):
            admit(r, who, f"shelter:{r.case.journey}:{who.id}", r.body.unit)
    r.save(Support(**r.row, need="shelter", subject=str(r.case.journey)))


FACTS = (
    Fact("shelter", i.ShelterIn, HOUSE, shelter),
    Fact("admission", i.AdmissionIn, HOUSE, admission),
    Fact("stay_end", i.StayEndIn, HOUSE, stay_end),
    Fact("stay_review", i.StayReviewIn, HOUSE, stay_review),
    Fact("shelter_entry", i.ShelterEntryIn, HOUSE, entry),
    Fact("shelter_incident_review", i.OfSubjectIn, PROTECTION, incident_review, only_when_asked=True),
    Fact("unmet_need", i.UnmetNeedIn, (*HOUSE, Role.PROTECTION_OFFICER), unmet_need),
    Fact("direct_assistance", i.AssistanceIn, HOUSE, assistance),
)
