"""What may be chosen in a form by the rows of the case: its people, channels, documents, stays, claims and lines.

A name is shown only to whoever may read identities; everybody else sees the end of an id and what the person is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import Session, col, select

from api.forms.labels import Labels
from api.forms.setting import Options, keys_of
from api.forms.shape import shapes
from api.forms.view import Option
from models.case import Case
from models.counselling import CoercionClosing, CoercionFlag
from models.database import vault_of
from models.handover import Partner
from models.person import Contact, Person
from models.protection import ProtectionClaim
from models.queries.shelter import is_house_only
from models.reintegration import PlanLine
from models.risk_assessment import RiskAssessment
from models.shelter import ShelterField, ShelterUnit, Stay, StayEnd
from models.staff import Staff
from models.travel_document import TravelDocument
from models.vault import Unreadable

PEOPLE = ("person", "perpetrator", "moves", "accompanied_by", "parties")


def short(row: UUID) -> str:
    """The end of an id: enough to tell the rows of one case apart."""
    return f"…{row.hex[-6:]}"


def dated(at: datetime) -> str:
    """A day without the time."""
    return at.date().isoformat()


@dataclass(frozen=True)
class Finding:
    """Where the rows come from. ``names``: the reader may see identities."""

    session: Session
    case: Case
    who: Staff
    words: Labels
    names: bool

    def rows(self, kind: type[Any]) -> Sequence[Any]:
        """The rows of a kind, oldest first."""
        query = select(kind).where(kind.case_id == self.case.id).order_by(kind.id)
        return self.session.exec(query).all()

    @cached_property
    def people(self) -> Options:
        """Everybody of the case."""
        return tuple(Option(str(row.id), person(self, row)) for row in self.rows(Person))

    @cached_property
    def claims(self) -> Options:
        """Claims for protection, each once."""
        known = {row.claim_id: row for row in self.rows(ProtectionClaim)}
        return tuple(Option(str(one), f"{short(one)} · {dated(row.at)}") for one, row in known.items())

    @cached_property
    def stays(self) -> Options:
        """Stays that nobody has ended."""
        ended = {row.stay_id for row in self.rows(StayEnd)}
        return tuple(
            Option(str(row.id), f"{row.unit_code} · {dated(row.admitted_at)}")
            for row in self.rows(Stay) if row.id not in ended
        )  # fmt: skip

    @cached_property
    def channels(self) -> Options:
        """Channels that were called safe, without their addresses."""
        return tuple(channel(row, self.words) for row in self.rows(Contact) if row.safe)


def of_case(finding: Finding, model: type[BaseModel]) -> Mapping[str, Options]:
    """By field name or ``Model.field``: the rows that may be meant in a form of this model."""
    return {key: source(finding) for key, source in SOURCES.items() if key in asked_names(model)}


@cache
def asked_names(model: type[BaseModel]) -> frozenset[str]:
    """Every name under which something may be known about a field of a model or of the models in it."""
    found = {key for name in shapes(model) for key in keys_of(model, name)}
    for shape in shapes(model).values():
        inner = shape.model or (shape.item.model if shape.item else None)
        found |= asked_names(inner) if inner else set()
    return frozenset(found)


def flags(f: Finding) -> Options:
    """Signs of coercion that still stand."""
    closed = {row.flag_id for row in f.rows(CoercionClosing)}
    return plain(row for row in f.rows(CoercionFlag) if row.id not in closed)


def documents(f: Finding) -> Options:
    """Kind, issuer and last day, without the number."""
    return tuple(document(row, f.words) for row in f.rows(TravelDocument))


def lines(f: Finding) -> Options:
    """Lines of the plans."""
    known = ((row, f.words.word([f"support.{row.kind}"]) or row.kind) for row in f.rows(PlanLine))
    return tuple(Option(str(row.id), f"{kind} {short(row.id)}") for row, kind in known)


def sheet(f: Finding) -> Options:
    """Words on the sheets of stays."""
    known = ((row, f.words.word([f"field.{row.field}"]) or row.field) for row in f.rows(ShelterField))
    return tuple(Option(str(row.id), f"{field} · {dated(row.written_at)}") for row, field in known)


def partners(f: Finding) -> Options:
    """Partners that work in the country of return."""
    rows = f.session.exec(select(Partner)).all()
    there = [one for one in rows if f.case.country in one.countries]
    return tuple(Option(one.code, one.name or one.code) for one in sorted(there, key=lambda one: one.code))


def units(f: Finding) -> Options:
    """Open shelter units; for those who run some, their own."""
    query = select(ShelterUnit.code).where(col(ShelterUnit.open)).order_by(ShelterUnit.code)
    return coded(f.session.exec(query.where(ShelterUnit.partner == f.who.partner) if is_house_only(f.who) else query))


def owners(f: Finding) -> Options:
    """Who may answer for a case."""
    ours = select(Staff).where(col(Staff.active), col(Staff.partner).is_(None)).order_by(Staff.handle)
    return coded(one.handle for one in f.session.exec(ours).all() if {"counsellor", "supervisor"} & set(one.roles))


SOURCES: Mapping[str, Callable[[Finding], Options]] = {
    **dict.fromkeys(PEOPLE, lambda f: f.people),
    **dict.fromkeys(("replaces", "TriedIn.contact", "ContactConfirmationIn.about"), lambda f: f.channels),
    **dict.fromkeys(("stay", "StayReviewIn.about"), lambda f: f.stays),
    **dict.fromkeys(("ProtectionClaimIn.claim", "LegalAidIn.about"), lambda f: f.claims),
    **dict.fromkeys(("PartnerIn.partner", "TransferIn.recipient"), partners),
    "CustodyIn.document": documents,
    "flag": flags,
    "assessment": lambda f: plain(f.rows(RiskAssessment)),
    "keeps": lines,
    "ShelterFieldIn.replaces": sheet,
    "unit": units,
    "CaseOwnerIn.handle": owners,
}


def coded(codes: Iterable[str]) -> Options:
    """Codes that are their own words."""
    return tuple(Option(code, code) for code in codes)


def plain(rows: Iterable[Any]) -> Options:
    """Rows of which no more is said than when they were made."""
    return tuple(Option(str(row.id), f"{short(row.id)} · {dated(row.at)}") for row in rows)


def person(f: Finding, row: Person) -> str:
    """A name with what they are in the case; or only that, with the end of their id."""
    kin = f.words.word([f"relation.{row.relation}"]) or f.words.text("dependant")
    what = f.words.text("principal") if row.principal else kin
    return f"{(f.names and name(f.session, row)) or short(row.id)} · {what}"


def name(session: Session, row: Person) -> str:
    """As in the travel document; empty when the key of the person was destroyed."""
    vault = vault_of(session)
    try:
        return f"{vault.open(row, 'given_names')} {vault.open(row, 'family_name')}".strip()
    except Unreadable:
        return ""


def channel(row: Contact, words: Labels) -> Option:
    """The kind of a channel and its place among the others, without the address."""
    return Option(
        str(row.id), f"{words.word([f'channel.{row.channel}']) or row.channel} · {row.preference} · {short(row.id)}"
    )


def document(row: TravelDocument, words: Labels) -> Option:
    """Kind, issuer and last day, without the number."""
    kind = words.word([f"DocumentIn.kind.{row.kind}"]) or row.kind
    return Option(str(row.id), f"{kind} · {row.country} · {row.expires_on.isoformat()}")
