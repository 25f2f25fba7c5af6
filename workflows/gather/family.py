"""Which cases are of the same family, and which must never meet this one."""

from uuid import UUID

from sqlmodel import col, select

from models.case import Case
from models.family import FamilyLink, Separation
from workflows.gather.reader import Reader


def separated_from(read: Reader) -> frozenset[str]:
    """References of cases that must be kept away, opened from this side's own sealed rows."""
    return frozenset(str(read.vault.open(row, "other")) for row in read.all(Separation))


def family(read: Reader) -> frozenset[str]:
    """References of the cases in the same group now; never one that must be kept away."""
    mine = read.all(FamilyLink)
    if not mine or not mine[-1].joined:
        return frozenset()
    query = select(FamilyLink).where(
        col(FamilyLink.case_id).in_(select(FamilyLink.case_id).where(FamilyLink.group_id == mine[-1].group_id))
    )
    newest: dict[UUID, FamilyLink] = {}
    for row in read.session.exec(query.order_by(col(FamilyLink.at), col(FamilyLink.id))):
        newest[row.case_id] = row
    inside = [case_id for case_id, row in newest.items() if row.joined and row.group_id == mine[-1].group_id]
    refs = read.session.exec(select(Case.ref).where(col(Case.id).in_(inside), Case.id != read.case.id))
    return frozenset(refs) - separated_from(read)
