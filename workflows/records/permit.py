"""Records a victim's residence permit: what the law allows no longer is refused with the last day it could be."""

from datetime import date

from models import permit
from models.stage import Role
from workflows import inputs as i
from workflows.commands import Fact, Recording, Refused, Wrong
from workflows.facts.papers import Permit
from workflows.facts.rules import Rules
from workflows.gates.permit import longest_extension, longest_first
from workflows.gather import gather
from workflows.pathways.tables.permit import CancellationGround
from workflows.records.common import PROTECTION, person
from workflows.records.travel_document import word

MAY = (*PROTECTION, Role.COUNSELLOR)


def victim_permit(r: Recording) -> None:
    """One permit or extension, within the terms of the law."""
    facts = gather(r.session, r.case, r.now)
    who = person(r).id
    known = facts.papers.of(str(who)).permit or Permit(0, wanted=True)
    if r.body.kind != "none":
        check(facts.rules, known, r.body)
    r.save(permit.VictimPermit(**r.row, person_id=who, **r.body.model_dump(exclude={"person"})))


def check(rules: Rules, known: Permit, said: i.VictimPermitIn) -> None:
    """First of all, then extensions; none longer than it may be. Raises Refused or Wrong."""
    if (said.kind == "first") == (known.count > 0):
        remedy = "an extension" if known.count else "the first permit, before any extension"
        raise Refused("permit_order", f"Record {remedy}.")
    last: date | None
    if said.kind == "first":
        last = longest_first(rules, said.issued_on) if said.issued_on else None
    else:
        last = longest_extension(rules, known)
    if last and said.valid_until and said.valid_until > last:
        raise Wrong("too_long", f"valid_until: by law at most until {last}; read the permit again.", "valid_until")


def cancellation(r: Recording) -> None:
    """The authority cancels; coercion that undoes the ground is kept, so that somebody objects."""
    facts = gather(r.session, r.case, r.now)
    known = facts.papers.of(str(person(r).id)).permit
    if known is None or known.valid_until is None:
        raise Refused("no_permit", "There is no permit to cancel: record the permit first.")
    ground = next(row for row in facts.rules.rows(CancellationGround) if row.ground == r.body.ground)
    row = permit.PermitCancellation(**r.row, person_id=person(r).id, on_day=r.body.on_day)
    r.save(row, ground=r.body.ground, coerced=r.body.coerced and ground.undone_by_coercion)


def objection(r: Recording) -> None:
    """Somebody objected to the cancellation."""
    word(r, person(r).id, "permit_objection", "")


FACTS = (
    Fact("victim_permit", i.VictimPermitIn, MAY, victim_permit),
    Fact("permit_cancellation", i.CancellationIn, MAY, cancellation),
    Fact("permit_objection", i.ObjectionIn, PROTECTION, objection, only_when_asked=True),
)
