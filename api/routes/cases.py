"""Cases: start, look, list, explain, withdraw."""

from typing import Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from api.access import Allowed, Holds
from api.deps import STAFF_ROLES, HouseDep, NudgerDep, OnceDep, SignedIn, require
from api.views import explanation
from models.access import Act
from workflows import commands, erasure
from workflows.episodes import reopen
from workflows.house import House
from workflows.inputs import CaseIn
from workflows.inputs.closure import LegalHoldIn, ReopenIn
from workflows.open_case import open_case
from workflows.pathways import current

router = APIRouter(prefix="/api/cases", tags=["cases"], dependencies=[Depends(require(*STAFF_ROLES))])
Language = Literal["en", "tr"]
SEES = [Depends(Allowed(Act.SEE))]


def begun(house: House, ref: str) -> commands.Change:
    """A case that has just been opened, under the version that holds today."""
    pathway, version = current(house.clock.now().date())
    return commands.Change(ref, 1, f"{pathway}@{version}")


@router.post("", status_code=201, dependencies=[Depends(Holds(Act.OPEN))])
def start(body: CaseIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """Start a case. Gives its reference."""

    def work() -> dict[str, Any]:
        ref = open_case(house, body, who)
        nudger.push(begun(house, ref))
        return {"ref": ref}

    return once.answer(body.model_dump(mode="json"), work, status=201)


@router.get("/{ref}/explanation", dependencies=SEES)
def explain(ref: str, house: HouseDep, language: Language = "en") -> dict[str, Any]:
    """The case in plain words."""
    return {"ref": ref, "language": language, "lines": explanation(house, ref, language)}


@router.post("/{ref}/withdrawal", dependencies=[Depends(Allowed(Act.WITHDRAW))])
def withdraw(ref: str, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """The person withdraws: accepted at once, whatever else is down."""

    def work() -> dict[str, Any]:
        change = commands.withdraw(house, ref, who)
        nudger.push(change)
        return {"ref": ref, "ver": change.ver}

    return once.answer({}, work)


@router.post("/{ref}/episodes", status_code=201, dependencies=[Depends(Allowed(Act.RECORD))])
def open_again(
    ref: str, body: ReopenIn, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn
) -> JSONResponse:
    """Open a closed case again: a new episode for the same people. Gives its reference."""

    def work() -> dict[str, Any]:
        new = reopen(house, ref, body, who)
        nudger.push(begun(house, new))
        return {"ref": new}

    return once.answer(body.model_dump(mode="json"), work, status=201)


@router.post("/{ref}/legal-hold", dependencies=[Depends(Allowed(Act.HOLD))])
def hold_file(ref: str, body: LegalHoldIn, house: HouseDep, once: OnceDep, who: SignedIn) -> JSONResponse:
    """A proceeding needs the file: it is not erased while the hold stands."""

    def work() -> dict[str, Any]:
        erasure.hold(house, ref, body.reason, who.handle)
        return {"ref": ref, "held": True}

    return once.answer(body.model_dump(mode="json"), work)


@router.delete("/{ref}/legal-hold", dependencies=[Depends(Allowed(Act.HOLD))])
def lift_hold(ref: str, house: HouseDep, who: SignedIn) -> dict[str, Any]:
    """The proceeding is over."""
    return {"ref": ref, "lifted": erasure.lift(house, ref, who.handle)}
