"""Who works on a case: who they are, taking it from a queue, giving it to somebody, giving it back."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse
from pydantic import Field as Limits

from api.access import Allowed
from api.deps import HouseDep, NudgerDep, OnceDep, SignedIn
from models.access import Act
from models.queries.access import must_ref
from models.stage import Role
from workflows.commands import Change
from workflows.commands.assignment import assign, release, take, working
from workflows.inputs import Input

router = APIRouter(prefix="/api/cases", tags=["cases"])
Handle = Annotated[str, Limits(min_length=1, max_length=60)]


class TakeIn(Input):
    """In which role."""

    role: Role


class ReleaseIn(TakeIn):
    """Who no longer works on it."""

    handle: Handle


class AssignIn(ReleaseIn):
    """Who works on it from now on; ``beside``: without taking it from whoever does."""

    beside: bool = False


@router.get("/{ref}/team", dependencies=[Depends(Allowed(Act.SEE))])
def team(ref: str, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """Who answers for the case, and who works on it."""
    with house.database.reading() as session:
        case = must_ref(session, who, Act.SEE, ref, house.clock.now())
        rows = working(session, case)
    people = [{"role": row.role, "handle": row.handle, "since": row.at, "given_by": row.by} for row in rows]
    return {"ref": ref, "responsible": case.responsible, "unowned_since": case.unowned_since, "working": people}


@router.post("/{ref}/take", dependencies=[Depends(Allowed(Act.TAKE))])
def take_case(ref: str, body: TakeIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """Work on a case from now on, in a role that is asked there."""
    return once.answer(body.model_dump(mode="json"), lambda: told(nudger, take(house, ref, body.role, who)))


@router.post("/{ref}/assign", dependencies=[Depends(Allowed(Act.ASSIGN))])
def assign_case(
    ref: str, body: AssignIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Somebody works on it, and as a counsellor answers for it; whoever did sees nothing of it any more."""
    return once.answer(
        body.model_dump(mode="json"),
        lambda: told(nudger, assign(house, ref, body.role, body.handle, who, beside=body.beside)),
    )


@router.post("/{ref}/release", dependencies=[Depends(Allowed(Act.SEE))])
def release_case(
    ref: str, body: ReleaseIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Somebody no longer works on it."""
    return once.answer(
        body.model_dump(mode="json"), lambda: told(nudger, release(house, ref, body.role, body.handle, who))
    )


def told(nudger: NudgerDep, change: Change) -> dict[str, Any]:
    """Asks for a run; gives the case and its version."""
    nudger.push(change)
    return {"ref": change.ref, "ver": change.ver}
