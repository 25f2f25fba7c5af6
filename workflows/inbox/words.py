"""What follows from each word of a partner: what it acknowledges, asks, signs for, and what is an incident."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from models.case import Case
from models.database import vault_of
from models.departure import Arrival, Meeting, SafeArrival
from models.handover import Acknowledgement, Handover, HandoverPackage, HandoverQuestion, ProtectionIncident
from models.handover_state import TAKEN
from workflows.facts import Facts
from workflows.facts import Handover as Known


@dataclass(frozen=True)
class Word:
    """A word with everything it is judged by."""

    session: Session
    case: Case
    row: Handover
    event: str
    said: dict[str, Any]
    by: str
    now: datetime
    facts: Facts

    @property
    def known(self) -> Known:
        """The handover as the facts have it."""
        return next(one for one in self.facts.handovers if one.id == str(self.row.id))

    @property
    def belongs(self) -> dict[str, Any]:
        """The columns of a row that belongs to the handover."""
        row = self.row
        return {
            "case_id": row.case_id, "journey": row.journey, "person_id": row.person_id, "handover_id": row.id,
            "at": self.now, "by": self.by,
        }  # fmt: skip


def accepted(word: Word) -> None:
    """By a named person, for what was offered; whoever accepts may be somebody else than the focal point."""
    row, said = word.row, word.said
    row.accepted_at, row.focal_point, row.available_from = word.now, said["focal_point"], said.get("available_from")
    theirs = said.get("preview_hash")
    acknowledge(word, "receipt", {"handover": str(row.id), "sha256": theirs})
    capacity = {"available_from": said.get("available_from"), "reachable_24_7": said.get("reachable_24_7")}
    acknowledge(word, "capacity", capacity | {"staff_gender": said.get("staff_gender")})
    if theirs is not None and theirs != row.preview_sha256:
        incident(word, "tampered")


def asked_back(word: Word) -> None:
    """From now on the partner's clock stands still."""
    question = HandoverQuestion(**word.belongs)
    vault_of(word.session).seal(question, text=word.said.get("text"))
    word.session.add(question)


def arrived(word: Word) -> None:
    """Somebody at the destination saw the person arrive."""
    row, said = word.row, word.said
    row.arrived_at, row.met = said["arrived_at"], said["met"]
    acknowledge(word, "arrival", {name: said.get(name) for name in ("arrived_at", "met", "condition_code")})
    base: dict[str, Any] = {
        "case_id": row.case_id,
        "journey": row.journey,
        "at": word.now,
        "by": word.by,
        "source": "partner",
    }
    word.session.add(Arrival(**base, arrived_at=said["arrived_at"], met=said["met"]))
    if said["met"]:
        word.session.add(Meeting(**base, met_at=said["arrived_at"], met_by="partner"))


def received(word: Word) -> None:
    """Signed by both: the hash of the last package as we sent it, and as the partner holds it."""
    row = word.row
    row.received_at, row.our_sha256 = word.now, last_package(word)
    row.their_sha256 = word.said.get("package_hash")
    if row.our_sha256 and row.their_sha256 and row.our_sha256 != row.their_sha256:
        incident(word, "tampered")


def last_package(word: Word) -> str | None:
    """The hash of the newest arrival package of this handover, else of the newest that tells who comes."""
    packages = [one for one in packages_of(word.session, word.row) if one.signed_at is not None]
    order = sorted(packages, key=lambda one: (one.stage == "arrival", one.at))
    return order[-1].sha256 if order else None


def packages_of(session: Session, row: Handover) -> list[HandoverPackage]:
    """What was sent for a handover."""
    return list(session.exec(select(HandoverPackage).where(HandoverPackage.handover_id == row.id)))


def acknowledge(word: Word, part: str, said: dict[str, Any]) -> None:
    """One part of what a partner must confirm."""
    row = Acknowledgement(**word.belongs, part=part)
    vault_of(word.session).seal(row, said={name: plain(value) for name, value in said.items() if value is not None})
    word.session.add(row)


def plain(value: Any) -> Any:
    """As it is kept."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def incident(word: Word, kind: str) -> None:
    """Something that a protection officer must look into."""
    open_incident(word.session, word.row, kind, word.by, word.now)


def open_incident(session: Session, row: Handover, kind: str, by: str, now: datetime) -> None:
    """Once for each kind and handover."""
    subject = str(row.id)
    known = select(ProtectionIncident.id).where(
        ProtectionIncident.case_id == row.case_id,
        ProtectionIncident.kind == kind,
        ProtectionIncident.subject == subject,
    )
    if session.exec(known).first() is None:
        session.add(
            ProtectionIncident(case_id=row.case_id, journey=row.journey, at=now, by=by, kind=kind, subject=subject)
        )


def safety_read(word: Word) -> str:
    """Risk notes and the list of who must not be told were read, and the code word is agreed."""
    if word.row.status not in TAKEN or word.row.identity_sent_at is None:
        return "inert"
    fields = ("risk_notes_read", "no_contact_read", "code_word_agreed")
    acknowledge(word, "safety", {name: word.said.get(name) for name in fields})
    return "safety"


def first_week(word: Word) -> str:
    """The first contact in private. Unsafe, or not in private, is an incident whatever else was said."""
    if word.row.status not in ("arrived", "received"):
        return "inert"
    fields = ("reached_in_private", "safe", "accommodation_confirmed")
    said = {name: word.said.get(name) for name in fields}
    contact = SafeArrival(
        **{name: value for name, value in word.belongs.items() if name != "handover_id"}, reached=True,
        reached_at=word.now, in_private=bool(said["reached_in_private"]), reached_by="partner",
    )  # fmt: skip
    vault_of(word.session).seal(contact, safe=said["safe"])
    word.session.add(contact)
    if said["reached_in_private"]:
        acknowledge(word, "first_week", said)
    if said["safe"] is False:
        incident(word, "unsafe")
    return "first_week"


def plan_requested(word: Word) -> str:
    """The partner asks for plan and budget."""
    if word.row.status not in TAKEN:
        return "inert"
    word.row.plan_asked_at = word.now
    return "plan_requested"


def problem(word: Word) -> str:
    """Something is wrong that no other word says: protection reads what, and writes down what came of it."""
    incident(word, "partner_problem")
    return "problem"


def return_offered(word: Word) -> str:
    """The partner wants to give the person back: a new handover, which we accept or not (peers.md §3, row 2)."""
    row = word.row
    pending = [one for one in word.facts.handovers if one.back and one.status == "offered"]
    if row.status not in TAKEN or pending:
        return "inert"
    back = Handover(
        case_id=row.case_id, at=word.now, by=word.by, journey=row.journey, person_id=row.person_id,
        generation=row.generation, partner=row.partner, back=True, reference=row.reference, status="offered",
        waiting_since=word.now, offered_at=word.now, reason=word.said.get("reason_code"),
    )  # fmt: skip
    word.session.add(back)
    return "return_offered"


MOVED: dict[str, Callable[[Word], None]] = {
    "accepted": accepted,
    "asked_back": asked_back,
    "arrival_confirmed": arrived,
    "received": received,
}
BESIDE: dict[str, Callable[[Word], str]] = {
    "safety_read": safety_read,
    "first_week": first_week,
    "plan_requested": plan_requested,
    "problem": problem,
    "return_offered": return_offered,
}
