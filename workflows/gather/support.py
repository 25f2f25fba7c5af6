"""Instalments and check-ins."""

from models import reintegration
from workflows import facts as f
from workflows.gather.reader import Reader


def instalments(read: Reader) -> tuple[f.Instalment, ...] | None:
    """The newest plan's instalments in order; None while there is no plan."""
    plan = read.latest(reintegration.Plan)
    if plan is None:
        return None
    rows = [row for row in read.current(reintegration.Instalment) if row.plan_id == plan.id]
    rows.sort(key=lambda row: row.ordinal)
    return tuple(
        f.Instalment(
            str(row.id), row.due_on, row.evidence_hash is not None, row.approved_by is not None, row.payment_status,
            row.paid_at or row.at,
        )
        for row in rows
    )  # fmt: skip


def check_ins(read: Reader) -> tuple[f.CheckIn, ...]:
    """Every check-in of this journey."""
    rows = read.current(reintegration.CheckIn)
    return tuple(f.CheckIn(row.point, row.reached, read.vault.open(row, "safe")) for row in rows)
