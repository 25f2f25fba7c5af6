"""Facts and questions: one door a kind of fact, and the same by answering the question that asks for it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from api.access import Allowed, allow
from api.deps import STAFF_ROLES, HouseDep, NudgerDep, OnceDep, SignedIn, require
from api.errors import Problem, remedy_of
from api.sensitive import SENSITIVE
from api.step_up import ProvenOnceDep
from api.views import question_view
from models.case import Case, UnknownCase
from models.queries import cases
from models.queries.access import visible_to
from models.queries.shelter import is_house_only
from models.question import Question
from models.staff import Staff
from models.stage import Role
from workflows import commands
from workflows.commands import Fact
from workflows.house import House
from workflows.inputs import Input
from workflows.records import FACTS
from workflows.records.acts import act_of

router = APIRouter(prefix="/api", tags=["facts"], dependencies=[Depends(require(*STAFF_ROLES))])


def door(fact: Fact) -> Any:
    """The route of one kind of fact."""

    def record(ref: str, body: Input, house: HouseDep, nudger: NudgerDep, once: OnceDep, who: SignedIn) -> JSONResponse:
        def work() -> dict[str, Any]:
            change = commands.record(house, ref, fact, body, who)
            nudger.push(change)
            return {"ref": ref, "ver": change.ver}

        return once.answer(body.model_dump(mode="json"), work)

    record.__annotations__["body"] = fact.model
    if fact.kind in SENSITIVE:
        record.__annotations__["once"] = ProvenOnceDep
    record.__doc__ = f"Record: {fact.kind.replace('_', ' ')}. {(fact.model.__doc__ or '').strip()}"
    return record


for _fact in FACTS.values():
    router.add_api_route(
        f"/cases/{{ref}}/{_fact.kind.replace('_', '-')}", door(_fact), methods=["POST"], name=f"record_{_fact.kind}",
        dependencies=[Depends(Allowed(act_of(_fact.kind)))],
    )  # fmt: skip


@router.get("/questions")
def questions(house: HouseDep, who: SignedIn, role: Role | None = None, after: UUID | None = None) -> dict[str, Any]:
    """What is asked in the cases that somebody may see, of everybody or of one role; a hundred at a time.

    Shelter partners see what they are asked.
    """
    with house.database.reading() as session:
        asked, among = Role.SHELTER_PARTNER if is_house_only(who) else role, visible_to(who, house.clock.now())
        rows = cases.open_questions(session, asked, after, among=among)
        return {"questions": [question_view(question, ref) for question, ref in rows]}


@router.post("/questions/{question_id}/answer")
def answer(
    question_id: UUID,
    body: Annotated[dict[str, Any], Body()],
    house: HouseDep,
    nudger: NudgerDep,
    once: OnceDep,
    proven: ProvenOnceDep,
    who: SignedIn,
) -> JSONResponse:
    """Answer a question by the fact it asks for; the body is that fact's. A sensitive one needs ``X-Sila-Proof``."""
    fact, ref = open_question(house, question_id, who)
    said = parsed(fact, body)

    def work() -> dict[str, Any]:
        change = commands.record(house, ref, fact, said, who)
        nudger.push(change)
        return {"ref": ref, "ver": change.ver}

    return (proven if fact.kind in SENSITIVE else once).answer(body, work)


def open_question(house: House, question_id: UUID, who: Staff) -> tuple[Fact, str]:
    """The fact that a question asks for, and its case.

    Raises Problem, in the same words for what is not open and for what was never theirs to see; or Denied.
    """
    with house.database.reading() as session:
        question = session.get(Question, question_id)
        case = session.get(Case, question.case_id) if question else None
    gone = Problem(409, "not_open", "This question is no longer open: look at the case for what is asked now.")
    if question is None or case is None:
        raise gone
    try:
        allow(house, who, act_of(question.kind), case.ref)
    except UnknownCase:
        raise gone from None
    if question.answered_at or question.voided_at:
        raise gone
    return FACTS[question.kind], case.ref


def parsed(fact: Fact, body: dict[str, Any]) -> Input:
    """The body as the fact's model; refused with its fields."""
    try:
        return fact.model.model_validate(body)
    except ValidationError as error:
        errors = [
            {"field": ".".join(map(str, one["loc"])), "remedy": remedy_of(dict(one))} for one in error.errors()[:50]
        ]
        raise Problem(422, "invalid", "Correct the fields named and send it again.", errors=errors) from None
