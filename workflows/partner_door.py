"""What a partner sees of a handover at its door: asked anew each time, closed by every exit at that instant."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from models.case import Case
from models.database import vault_of
from models.handover import Handover, HandoverPackage
from models.handover_state import UNDECIDED
from workflows.facts import Facts
from workflows.facts import Handover as Known
from workflows.gather import gather
from workflows.handover.access import may_read
from workflows.handover.clock import answer_by


def partner_may_read(session: Session, handover: Handover, now: datetime) -> bool:
    """Whether the partner may see this handover now, in any form: list, page, package or answer."""
    facts = facts_of(session, handover, now)
    return may_read(facts, known(facts, handover))


def facts_of(session: Session, handover: Handover, now: datetime) -> Facts:
    """What is true about the case of a handover."""
    return gather(session, session.get_one(Case, handover.case_id), now)


def known(facts: Facts, handover: Handover) -> Known:
    """The handover among the facts."""
    return next(one for one in facts.handovers if one.id == str(handover.id))


def seen(session: Session, row: Handover, now: datetime) -> dict[str, Any]:
    """A handover as its partner sees it: no case reference and no name; ask ``partner_may_read`` first."""
    facts = facts_of(session, row, now)
    due = answer_by(facts, known(facts, row)) if row.status in UNDECIDED else None
    packages = session.exec(select(HandoverPackage).where(HandoverPackage.handover_id == row.id)).all()
    return {
        "id": row.id, "reference": row.reference, "status": row.status, "offered_at": row.offered_at,
        "answer_by": due, "preview": vault_of(session).open(row, "preview"), "preview_hash": row.preview_sha256,
        "focal_point": row.focal_point, "acknowledged": sorted(known(facts, row).parts),
        "packages": [{"stage": one.stage, "sha256": one.sha256, "sent_at": one.at} for one in packages],
    }  # fmt: skip
