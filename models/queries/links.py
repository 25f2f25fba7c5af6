"""Reads of links: how the newest link to each handover of a case stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models.handover import Handover
from models.link import Link, LinkPurpose
from models.link_session import LinkSession


@dataclass(frozen=True)
class Reached:
    """One handover and its newest link. ``devices`` is 2 where it was opened on more than one."""

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
    about = [str(row.id) for row in rows]
    links = select(Link).where(Link.purpose == LinkPurpose.PARTNER_HANDOVER, col(Link.subject).in_(about))
    newest = {link.subject: link for link in session.exec(links.order_by(col(Link.made_at)))}
    others = select(LinkSession.link_id).where(
        col(LinkSession.link_id).in_([link.id for link in newest.values()]), col(LinkSession.is_other).is_(True)
    )
    return [of(row, newest.get(str(row.id)), set(session.exec(others))) for row in rows]


def of(row: Handover, link: Link | None, forwarded: set[UUID]) -> Reached:
    """One line."""
    if link is None:
        return Reached(row.id, row.partner, row.status, row.offered_at)
    devices = 0 if not link.views else 2 if link.id in forwarded else 1
    return Reached(
        row.id, row.partner, row.status, row.offered_at, link.made_at, link.expires_at, link.revoked_at, link.views,
        devices,
    )  # fmt: skip
