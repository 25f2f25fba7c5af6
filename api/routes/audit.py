"""For auditors and supervisors: who has read class 3, and whose emergency access waits for a second person's word."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import JSONResponse
from pydantic import Field as Limits

from api.access import Allowed, Holds
from api.deps import HouseDep, OnceDep, SignedIn
from models.access import Act
from models.glass import ClassThreeRead, GlassBreak
from models.queries import class_three, glass
from workflows.glass import review
from workflows.inputs import Input

router = APIRouter(prefix="/api", tags=["audit"])
Limit = Annotated[int, Query(ge=1, le=500)]
Handle = Annotated[str | None, Query(max_length=60)]


class GlassReviewIn(Input):
    """A second person's word."""

    justified: bool
    note: Annotated[str, Limits(min_length=5, max_length=2000)]


@router.get("/reads", dependencies=[Depends(Holds(Act.AUDIT))])
def list_reads(house: HouseDep, by: Handle = None, after: UUID | None = None, limit: Limit = 100) -> dict[str, Any]:
    """Who read what of class 3, a page at a time: give ``next`` back as ``after``."""
    with house.database.reading() as session:
        rows = class_three.reads(session, by=by, after=after, most=limit)
    return {"reads": [read_view(row) for row in rows], "next": rows[-1].id if len(rows) == limit else None}


@router.get("/cases/{ref}/reads", dependencies=[Depends(Allowed(Act.AUDIT))])
def reads_of_case(ref: str, house: HouseDep, after: UUID | None = None, limit: Limit = 100) -> dict[str, Any]:
    """Who read what of class 3 of one case."""
    with house.database.reading() as session:
        rows = class_three.reads(session, ref=ref, after=after, most=limit)
    return {"reads": [read_view(row) for row in rows], "next": rows[-1].id if len(rows) == limit else None}


@router.get("/break-glass", dependencies=[Depends(Holds(Act.REVIEW))])
def to_review(house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """Emergency access that nobody has reviewed, the oldest first; never one's own."""
    with house.database.reading() as session:
        return {"to_review": [glass_view(row) for row in glass.to_review(session, who)]}


@router.post("/break-glass/{glass_id}/review", dependencies=[Depends(Holds(Act.REVIEW))])
def review_glass(
    glass_id: UUID, body: GlassReviewIn, house: HouseDep, once: OnceDep, who: SignedIn
) -> JSONResponse:  # fmt: skip
    """Say whether it was justified; if it was not, it ends at once."""

    def work() -> dict[str, Any]:
        review(house, glass_id, body.justified, body.note, who)
        return {"id": str(glass_id), "justified": body.justified}

    return once.answer(body.model_dump(mode="json"), work)


def read_view(row: ClassThreeRead) -> dict[str, Any]:
    """One reading: names of fields, never what they hold."""
    return {
        "id": row.id, "at": row.at, "by": row.by, "role": row.role, "relation": row.relation, "partner": row.partner,
        "case": row.case_ref, "fields": row.fields,
    }  # fmt: skip


def glass_view(row: GlassBreak) -> dict[str, Any]:
    """One emergency access, without its reason, which may name anybody."""
    return {
        "id": row.id, "at": row.at, "by": row.handle, "case": row.case_ref, "category": row.category,
        "ends_at": row.ends_at,
    }  # fmt: skip
