"""Gathers ``workflows.facts.papers``."""

from typing import Any, TypeVar
from uuid import UUID

from models import clearance, permit
from models.person import Person
from models.travel_document import Application, Custody, PaperWord
from workflows.facts import papers as p
from workflows.gather.documents import tickets
from workflows.gather.reader import Reader

T = TypeVar("T")
NATIONALITY = "nationality_not_confirmed"
WITHHOLDING = ("employer", "trafficker")


def papers(read: Reader) -> p.Papers:
    """Custody, nationality, permits, overstay and holds."""
    return p.Papers(read.case.country, {str(person.id): papers_of(read, person) for person in read.all(Person)})


def papers_of(read: Reader, person: Person) -> p.PersonPapers:
    """One person's papers."""
    mine = [word for word in read.all(PaperWord) if word.person_id == person.id]
    said = {kind: [word for word in mine if word.kind == kind] for kind in {word.kind for word in mine}}
    proofs = [read.vault.open(word, "said")["proofs"] for word in current(read, said.get("nationality_evidence", []))]
    determined = current(read, said.get("statelessness", []))
    return p.PersonPapers(
        refusals=len([row for row in of(person, read.current(Application)) if row.refusal_code == NATIONALITY]),
        proofs=len([one for one in proofs if one]),
        no_proof=bool(proofs) and not proofs[-1],
        statelessness=str(read.vault.open(determined[-1], "said")["outcome"]) if determined else "",
        statelessness_at=determined[-1].at if determined else None,
        withheld=is_withheld(read, person),
        statement=newest_said(read, said.get("statement", []), "outcome"),
        held=is_held(read, person),
        stay=stay(read, person),
        permit=permit_of(read, person, said.get("permit_objection", [])),
        removal=removal(read, person, said.get("removal_appeal", [])),
        tickets=tickets(read, person),
        seen=frozenset(word.subject for word in mine if word.kind in ("expiry_seen", "band_edge")),
    )


def of(person: Person, rows: Any) -> list[Any]:
    """The rows about one person, oldest first."""
    return [row for row in rows if row.person_id == person.id]


def current(read: Reader, words: list[PaperWord]) -> list[PaperWord]:
    """Those of this journey."""
    return [word for word in words if word.journey == read.case.journey]


def newest_said(read: Reader, words: list[PaperWord], field: str) -> str:
    """What the newest word says; empty when there is none."""
    return str(read.vault.open(words[-1], "said")[field]) if words else ""


def is_withheld(read: Reader, person: Person) -> bool:
    """Somebody keeps one of their documents from them, by the newest row about each."""
    newest: dict[UUID | None, Custody] = {row.document_id: row for row in of(person, read.all(Custody))}
    return any(read.vault.open(row, "holder") in WITHHOLDING for row in newest.values())


def is_held(read: Reader, person: Person) -> bool:
    """The newest word of a court or a prosecutor forbids leaving. It outlives a journey."""
    rows = of(person, read.all(clearance.ExitHold))
    newest = {read.vault.open(row, "authority"): row.lifted for row in rows}
    return not all(newest.values())


def stay(read: Reader, person: Person) -> p.Stay | None:
    """Until when they may stay, and the ban they were last told of, on whichever journey."""
    rows, told = of(person, read.all(clearance.LegalStay)), of(person, read.all(clearance.BanTold))
    if not rows:
        return None
    return p.Stay(rows[-1].ends_on, rows[-1].fine_payer != "nobody", told[-1].months if told else None)


def permit_of(read: Reader, person: Person, objections: list[PaperWord]) -> p.Permit | None:
    """The clock of a victim's permit; None while nothing was recorded."""
    rows = of(person, read.all(permit.VictimPermit))
    if not rows:
        return None
    issued = [row for row in rows if row.kind != "none"]
    ended = of(person, read.all(permit.PermitCancellation))
    last = ended[-1] if ended and (not issued or ended[-1].at >= issued[-1].at) else None
    return p.Permit(
        count=len(issued),
        wanted=rows[-1].kind != "none",
        first_on=issued[0].issued_on if issued else None,
        first_until=issued[0].valid_until if issued else None,
        valid_until=issued[-1].valid_until if issued else None,
        cancelled_on=last.on_day if last else None,
        cancelled_at=last.at if last else None,
        coerced=bool(last and read.vault.open(last, "coerced")),
        objected=bool(last and any(word.at >= last.at for word in objections)),
    )


def removal(read: Reader, person: Person, appeals: list[PaperWord]) -> p.Removal | None:
    """The newest removal decision and what was decided about an appeal since."""
    rows = of(person, read.all(clearance.RemovalDecision))
    if not rows:
        return None
    since = [word for word in appeals if word.at >= rows[-1].at]
    return p.Removal(rows[-1].leave_until, rows[-1].appeal_until, newest_said(read, since, "outcome"))
