"""Reads of links: how the newest link to each handover, and to each question about the place, of a case stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.handover import Handover
from models.link import Link, LinkPurpose
from models.link_session import LinkSession
from models.risk_assessment import CountryInput


@dataclass(frozen=True)
class Reached:
    """One handover or question, and its newest link. ``devices`` is 2 where it was opened on more than one."""

    id: UUID
    partner: str
    status: str
    offered_at: datetime | None
    sent_at: datetime | None = None
    expires_at: datetime | None = None
    ended_at: datetime | None = None
    opened: int = 0
    devices: int = 0


def reached(session: Session, case_id: UUID) -> list[Reached]:
    """Every handover of a case that went out, the newest first: three queries, however many there are."""
    mine = select(Handover).where(Handover.case_id == case_id, Handover.reference != "", col(Handover.back).is_(False))
    rows = session.exec(mine.order_by(col(Handover.at).desc(), col(Handover.id).desc())).all()
    known = [Reached(row.id, row.partner, row.status, row.offered_at) for row in rows]
    return with_links(session, LinkPurpose.PARTNER_HANDOVER, known)


def asked(session: Session, case_id: UUID) -> list[Reached]:
    """Every question about the place that went to a partner, the newest first; ``asked`` until it is ``answered``."""
    mine = select(CountryInput).where(CountryInput.case_id == case_id, col(CountryInput.partner).is_not(None))
    rows = session.exec(mine.order_by(col(CountryInput.at).desc(), col(CountryInput.id).desc())).all()
    stands = {True: "asked", False: "answered"}
    known = [Reached(row.id, row.partner or "", stands[row.safe is None], row.at) for row in rows]
    return with_links(session, LinkPurpose.PARTNER_PLACE, known)


def with_links(session: Session, purpose: LinkPurpose, known: Sequence[Reached]) -> list[Reached]:
    """The same, each with its newest link."""
    links = select(Link).where(Link.purpose == purpose, col(Link.subject).in_([str(one.id) for one in known]))
    newest = {link.subject: link for link in session.exec(links.order_by(col(Link.made_at)))}
    others = select(LinkSession.link_id).where(
        col(LinkSession.link_id).in_([link.id for link in newest.values()]), col(LinkSession.is_other).is_(True)
    )
    forwarded = set(session.exec(others))
    return [of(one, newest.get(str(one.id)), forwarded) for one in known]


def of(one: Reached, link: Link | None, forwarded: set[UUID]) -> Reached:
    """One line."""
    if link is None:
        return one
    devices = 0 if not link.views else 2 if link.id in forwarded else 1
    return replace(
        one, sent_at=link.made_at, expires_at=link.expires_at, ended_at=link.revoked_at, opened=link.views,
        devices=devices,
    )  # fmt: skip
