"""Reads of partners: who works where, how reliably they answer, how many people they have, what they still hold."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlmodel import Session, col, func, select

from models.case import Case
from models.handover import Handover, HandoverWord, Partner
from models.handover_state import TAKEN, WITH_PARTNER

ANSWERS = ("accepted", "declined", "asked_back")


@dataclass(frozen=True)
class Reliability:
    """How a partner answered the offers it had: in time, too late, or not at all."""

    in_time: int = 0
    late: int = 0
    silent: int = 0

    @property
    def share(self) -> Decimal:
        """Of all offers that were answered or ran out, those answered in time; 1 for a partner nobody knows yet."""
        offers = self.in_time + self.late + self.silent
        return Decimal(self.in_time) / offers if offers else Decimal(1)


def reliability(session: Session) -> dict[str, Reliability]:
    """By partner. An offer that ran out counts as late when an answer came after all, else as silent."""
    answered = select(HandoverWord.handover_id).where(col(HandoverWord.kind).in_(ANSWERS))
    late = set(session.exec(answered.where(HandoverWord.outcome == "too_late")))
    in_time = set(session.exec(answered.where(col(HandoverWord.outcome).in_(ANSWERS))))
    counts: Counter[tuple[str, str]] = Counter()
    rows = session.exec(select(Handover.id, Handover.partner, Handover.status).where(col(Handover.back).is_(False)))
    for id_, partner, status in rows:
        if id_ in in_time:
            counts[partner, "in_time"] += 1
        elif status == "expired":
            counts[partner, "late" if id_ in late else "silent"] += 1
    codes = {partner for partner, _ in counts}
    return {code: Reliability(counts[code, "in_time"], counts[code, "late"], counts[code, "silent"]) for code in codes}


def load(session: Session) -> dict[str, int]:
    """How many people of open cases each partner has taken and still has before it or in its care."""
    query = select(Handover.partner, func.count()).join(Case, col(Case.id) == Handover.case_id)
    query = query.where(col(Handover.status).in_(TAKEN), col(Case.closed_at).is_(None), col(Handover.back).is_(False))
    return dict(session.exec(query.group_by(Handover.partner)).all())


def can_take(partner: Partner, country: str, area: str, now: datetime, taken: int) -> str | None:
    """Why a partner cannot take somebody there now, as a code; None when it can."""
    if partner.stopped_at is not None or partner.agreement_until < now.date():
        return "no_agreement"
    if country not in partner.countries:
        return "other_country"
    if partner.areas and not any(place.casefold() in area.casefold() for place in partner.areas):
        return "other_area"
    if partner.paused_until is not None and now.date() <= partner.paused_until:
        return "paused"
    return "full" if partner.capacity is not None and taken >= partner.capacity else None


def alternates(
    session: Session, country: str, area: str, now: datetime, *, but: Collection[str], share: Decimal
) -> tuple[str, ...]:
    """Partners that could take somebody there, the most reliable first, without those that are mostly silent."""
    known, taken = reliability(session), load(session)
    able = [
        one.code
        for one in session.exec(select(Partner)).all()
        if one.code not in but and can_take(one, country, area, now, taken.get(one.code, 0)) is None
    ]
    share_of = {code: known.get(code, Reliability()).share for code in able}
    return tuple(sorted((code for code in able if share_of[code] >= share), key=lambda code: (-share_of[code], code)))


def names(session: Session) -> dict[str, str]:
    """How people know each partner: its name, or its code where it has none."""
    return {code: name or code for code, name in session.exec(select(Partner.code, Partner.name)).all()}


def with_partner(session: Session, partner: str) -> list[tuple[Handover, str]]:
    """What lies with a partner, with the reference of its case."""
    query = select(Handover, Case.ref).join(Case, col(Case.id) == Handover.case_id)
    query = query.where(Handover.partner == partner, col(Handover.status).in_(WITH_PARTNER))
    return list(session.exec(query.where(col(Handover.back).is_(False))).all())
