"""What may be chosen in a form by the rows of the case: its people, channels, documents, stays, claims and lines.

A name is shown only to whoever may read identities; everybody else sees the end of an id and what the person is.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from api.forms.labels import Labels
from api.forms.setting import Options
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


def rows_of(session: Session, kind: type[Any], case: Case) -> Iterable[Any]:
    """The rows of a kind, oldest first."""
    return session.exec(select(kind).where(kind.case_id == case.id).order_by(kind.id)).all()


def of_case(
    session: Session, case: Case, who: Staff, words: Labels, *, names: bool
) -> Mapping[str, Options]:  # fmt: skip
    """By field name or ``Model.field``: the rows that may be meant. ``names``: the reader may see identities."""
    people = tuple(
        Option(str(one.id), person(session, one, words, names=names)) for one in rows_of(session, Person, case)
    )
    channels = tuple(channel(row, words) for row in rows_of(session, Contact, case) if row.safe)
    stays = tuple(
        Option(str(row.id), f"{row.unit_code} · {dated(row.admitted_at)}") for row in open_stays(session, case)
    )
    claims = {row.claim_id: row for row in rows_of(session, ProtectionClaim, case)}
    claimed = tuple(Option(str(one), f"{short(one)} · {dated(row.at)}") for one, row in claims.items())
    return {
        **dict.fromkeys(PEOPLE, people), "replaces": channels, "TriedIn.contact": channels,
        "ContactConfirmationIn.about": channels, "stay": stays, "StayReviewIn.about": stays,
        "ProtectionClaimIn.claim": claimed, "LegalAidIn.about": claimed,
        "CustodyIn.document": tuple(document(row, words) for row in rows_of(session, TravelDocument, case)),
        "flag": flags(session, case), "assessment": plain(rows_of(session, RiskAssessment, case)),
        "keeps": tuple(
            Option(str(row.id), f"{words.word([f'support.{row.kind}']) or row.kind} {short(row.id)}")
            for row in rows_of(session, PlanLine, case)),
        "ShelterFieldIn.replaces": tuple(
            Option(str(row.id), f"{words.word([f'field.{row.field}']) or row.field} · {dated(row.written_at)}")
            for row in rows_of(session, ShelterField, case)),
        **around(session, case, who),
    }  # fmt: skip


def around(session: Session, case: Case, who: Staff) -> Mapping[str, Options]:
    """Partners of the country, shelter units, and who may answer for a case."""
    partners = [one for one in session.exec(select(Partner)).all() if case.country in one.countries]
    units = select(ShelterUnit.code).where(col(ShelterUnit.open))
    units = units.where(ShelterUnit.partner == who.partner) if is_house_only(who) else units
    ours = select(Staff).where(col(Staff.active), col(Staff.partner).is_(None)).order_by(Staff.handle)
    owners = [one.handle for one in session.exec(ours).all() if {"counsellor", "supervisor"} & set(one.roles)]
    codes = coded(sorted(one.code for one in partners))
    return {
        "PartnerIn.partner": codes, "TransferIn.recipient": codes, "unit": coded(session.exec(units).all()),
        "CaseOwnerIn.handle": coded(owners),
    }  # fmt: skip


def coded(codes: Iterable[str]) -> Options:
    """Codes that are their own words."""
    return tuple(Option(code, code) for code in codes)


def plain(rows: Iterable[Any]) -> Options:
    """Rows of which no more is said than when they were made."""
    return tuple(Option(str(row.id), f"{short(row.id)} · {dated(row.at)}") for row in rows)


def person(session: Session, row: Person, words: Labels, *, names: bool) -> str:
    """A name with what they are in the case; or only that, with the end of their id."""
    what = (
        words.text("principal")
        if row.principal
        else words.word([f"relation.{row.relation}"]) or words.text("dependant")
    )
    return f"{name(session, row) or short(row.id)} · {what}" if names else f"{short(row.id)} · {what}"


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


def open_stays(session: Session, case: Case) -> list[Stay]:
    """Stays that nobody has ended."""
    ended = {row.stay_id for row in rows_of(session, StayEnd, case)}
    return [row for row in rows_of(session, Stay, case) if row.id not in ended]


def flags(session: Session, case: Case) -> Options:
    """Signs of coercion that still stand."""
    closed = {row.flag_id for row in rows_of(session, CoercionClosing, case)}
    return plain(row for row in rows_of(session, CoercionFlag, case) if row.id not in closed)
