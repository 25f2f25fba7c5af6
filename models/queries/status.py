"""What the status of a case is told from, in two queries: the case with its file, and the notes of its stages."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ScalarSelect, Select, bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.case import Case
from models.closure import LegalHold, Retention
from models.country import PlaceHold
from models.question import StandingRow


class Seen(NamedTuple):
    """A case, the episodes before and after it, how its file is kept, and whether its country is just being turned."""

    case: Case
    previous: str | None
    next: str | None
    kept_as: str | None
    erase_on: date | None
    held: bool
    turning: bool


def seen(session: Session, ref: str) -> Seen | None:
    """The case of a reference, or None."""
    row = session.execute(by_ref(), {"ref": ref}).first()
    return Seen(*row) if row else None


def notes(session: Session, case: Case) -> tuple[Sequence[Any], bool]:
    """Where each stage stood when last looked at, and whether the case is still of the version that was seen.

    The rows are plain: nobody changes them.
    """
    found = session.connection().execute(of_case(), {"case": case.id}).all()
    return found, all(row.ver == case.ver for row in found)


@cache
def of_case() -> Select[Any]:
    """The notes of a case, put together once a process."""
    table = StandingRow.__table__.c  # type: ignore[attr-defined]
    query = sa.select(table.stage, table.kind, table.on, table.why, table.more, table.since, table.until, Case.ver)  # type: ignore[call-overload]
    return query.join(Case, col(Case.id) == table.case_id).where(table.case_id == bindparam("case"))  # type: ignore[no-any-return]


@cache
def by_ref() -> Select[Any]:
    """One query, put together once a process."""
    turning, *file = beside(Case)
    return sa.select(Case, *file, turning).where(col(Case.ref) == bindparam("ref"))


def beside(case: Any) -> list[Any]:
    """Of a case: whether its country is being turned; the episodes around it; how its file is kept."""
    before, after = aliased(Case), aliased(Case)
    turning = sa.exists().where(col(PlaceHold.country) == case.country, col(PlaceHold.woken_at).is_(None))
    return [
        turning,
        sa.select(col(before.ref)).where(col(before.id) == case.previous_id).scalar_subquery().label("previous"),
        sa.select(func.min(after.ref)).where(col(after.previous_id) == case.id).scalar_subquery().label("next"),
        newest(Retention.kept_as, case).label("kept_as"),
        newest(Retention.erase_on, case).label("erase_on"),
        sa.exists().where(col(LegalHold.case_id) == case.id, col(LegalHold.lifted_at).is_(None)).label("held"),
    ]


def newest(column: Any, case: Any) -> ScalarSelect[Any]:
    """Of how long the file is kept, what was written down last."""
    query = sa.select(column).where(col(Retention.case_id) == case.id).correlate(case)
    return query.order_by(col(Retention.at).desc(), col(Retention.id).desc()).limit(1).scalar_subquery()
