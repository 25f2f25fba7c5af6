"""Places of return: what is held and whom it touches; holding, and lifting by two people."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import Field

from api.deps import STAFF_ROLES, HouseDep, OnceDep, SignedIn, require
from models.queries.access import visible_to
from workflows.commands import country
from workflows.inputs import Input, Short

router = APIRouter(prefix="/api/places", tags=["places"], dependencies=[Depends(require(*STAFF_ROLES))])
Source = Annotated[str, Field(min_length=5, max_length=300)]


class HoldIn(Input):
    """Why nobody is sent there, and who says so."""

    area: Short | None = None
    reason: Short
    source: Source


class LiftIn(Input):
    """What has changed."""

    area: Short | None = None
    reason: Source


class StandingIn(Input):
    """The standing risk of a place."""

    area: Short | None = None
    level: Literal["low", "medium", "high", "critical"]
    valid_until: date
    source: Source


@router.get("/holds")
def held(house: HouseDep) -> dict[str, Any]:
    """Every hold in force, with who has said that it can end."""
    with house.database.reading() as session:
        rows = country.holds(session)
    return {
        "holds": [
            {"country": row.country, "area": row.area, "reason": row.reason, "source": row.source, "since": row.at,
             "by": row.by, "lift_asked_by": words}
            for row, words in rows
        ]
    }  # fmt: skip


@router.get("/{place}/cases")
def touched(place: str, house: HouseDep, who: SignedIn, area: str | None = None) -> dict[str, Any]:
    """The open cases towards a place that somebody may see, with what they have booked."""
    with house.database.reading() as session:
        rows = country.affected(session, place, area, visible_to(who, house.clock.now()))
    return {"cases": [{"ref": row.ref, "area": row.area, "booking": row.ticket} for row in rows]}


@router.post("/{place}/hold")
def hold(place: str, body: HoldIn, house: HouseDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """Nobody is sent there from now on."""

    def work() -> dict[str, Any]:
        turned = country.hold(house, place, body.area, body.reason, body.source, who)
        return {"held": True, "cases_told": turned.told}

    return once.answer(body.model_dump(mode="json"), work)


@router.post("/{place}/lift")
def lift(place: str, body: LiftIn, house: HouseDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """Say that it can end; a second person's word ends it."""

    def work() -> dict[str, Any]:
        turned = country.lift(house, place, body.area, body.reason, who)
        return {"held": not turned.done, "cases_told": turned.told}

    return once.answer(body.model_dump(mode="json"), work)


@router.post("/{place}/assessment")
def assess(place: str, body: StandingIn, house: HouseDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """The standing risk of a place."""

    def work() -> dict[str, Any]:
        row = country.assess_country(house, place, body.area, body.level, body.valid_until, body.source, who)
        return {"id": str(row.id), "level": row.level, "valid_until": str(row.valid_until)}

    return once.answer(body.model_dump(mode="json"), work)
