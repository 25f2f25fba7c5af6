"""Enquiries from outside: written down, and answered with the one sentence that tells nothing."""

from typing import Any

from fastapi import APIRouter, BackgroundTasks, Depends
from fastapi.responses import JSONResponse

from api.access import Holds
from api.deps import HouseDep, OnceDep, SignedIn
from models.access import Act
from workflows.enquiry import keep_enquiry, look_into_enquiries, neutral_answer
from workflows.inputs import EnquiryIn

router = APIRouter(prefix="/api/enquiries", tags=["enquiries"], dependencies=[Depends(Holds(Act.REPORT))])


@router.post("", status_code=201)
def ask(body: EnquiryIn, house: HouseDep, once: OnceDep, after: BackgroundTasks, who: SignedIn) -> JSONResponse:
    """Write an enquiry down. Say only what is given back; it is the same for a person we know and one we do not."""

    def work() -> dict[str, Any]:
        keep_enquiry(house, body, who)
        return {"say": neutral_answer()}

    after.add_task(look_into_enquiries, house)  # runs when the answer has gone out
    return once.answer(body.model_dump(mode="json"), work, status=201)
