"""Somebody is heard of again: a call, or signs of new exploitation."""

from typing import Any

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.access import Allowed
from api.deps import STAFF_ROLES, HouseDep, NudgerDep, OnceDep, SignedIn, require
from api.routes.cases import begun
from models.access import Act
from workflows import heard
from workflows.heard import Heard
from workflows.house import House
from workflows.inputs.follow_up import CalledIn, RetraffickingIn

router = APIRouter(prefix="/api/cases", tags=["cases"], dependencies=[Depends(require(*STAFF_ROLES))])
REPORTS = [Depends(Allowed(Act.REPORT))]


@router.post("/{ref}/calls", status_code=201, dependencies=REPORTS)
def call(ref: str, body: CalledIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """The person calls: an open case notes it, a closed one opens again. Gives the case in which it goes on."""

    def work() -> dict[str, Any]:
        return told(house, nudger, heard.person_called(house, ref, body, who))

    return once.answer(body.model_dump(mode="json"), work, status=201)


@router.post("/{ref}/retrafficking", status_code=201, dependencies=REPORTS)
def retrafficking(
    ref: str, body: RetraffickingIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Signs of new exploitation. Gives the case in which it goes on; no authority is told by this."""

    def work() -> dict[str, Any]:
        return told(house, nudger, heard.retrafficking_suspected(house, ref, body, who))

    return once.answer(body.model_dump(mode="json"), work, status=201)


def told(house: House, nudger: NudgerDep, found: Heard) -> dict[str, Any]:
    """Asks for a run of a new episode; the old case is due by itself."""
    nudger.push(begun(house, found.ref))
    return {"ref": found.ref, "new": found.is_new}
