"""What the person thinks of the help, and whether they mean to leave again: while it is asked at a point."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session, col, select
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.person.mine import case_of, to_their_page
from api.pages.person.visitor import AtWindow, Own, PostingOwn
from api.pages.visitor import Posted
from models.question import Question
from workflows import themselves
from workflows.commands import Refused
from workflows.inputs import Input
from workflows.inputs.survey import IntentionIn, SatisfactionIn

router = APIRouter(prefix="/w", include_in_schema=False)
GOES_FIRST = True
SERVICES = ("repatriation", "counselling", "economic", "social", "community", "overall", "expectations")
SCALE = ("very_satisfied", "satisfied", "neither", "dissatisfied", "very_dissatisfied")
INTENDS = ("yes", "no", "unsure", "not_said")
KINDS = ("satisfaction", "migration_intention", "survey")


def asked(session: Session, own: Own) -> dict[str, str]:
    """What is asked now, each with its point."""
    query = select(Question).where(
        Question.case_id == case_of(session, own).id, col(Question.kind).in_(KINDS),
        col(Question.answered_at).is_(None), col(Question.voided_at).is_(None), col(Question.paused_at).is_(None),
    )  # fmt: skip
    return {row.kind: row.subject for row in session.exec(query.order_by(col(Question.id)))}


@router.get("/opinion")
def opinion(request: Request, house: HouseDep, own: AtWindow) -> Response:
    """The questions that are asked now."""
    if own.empty or own.closed:
        return to_their_page()
    with house.database.reading() as session:
        due = asked(session, own)
    return page(request, "person/opinion.html", own, due=due, services=SERVICES, scale=SCALE, intends=INTENDS)


@router.post("/opinion")
def say(house: HouseDep, nudger: NudgerDep, own: PostingOwn, form: Posted) -> Response:
    """Each answer counts once; a question that was left open stays asked."""
    with house.database.reading() as session:
        due = {} if own.closed else asked(session, own)
    said = {name: str(value) for name, value in form.items()}
    bodies = [(kind, body) for kind, point in due.items() if (body := body_of(kind, point, said)) is not None]
    try:
        for kind, body in bodies:
            nudger.push(themselves.say_if_asked(house, own.ref, kind, body))
    except Refused:
        return RedirectResponse("/w/done/not-due", 303)
    return RedirectResponse("/w/done/how" if bodies else "/w/done/not-due", 303)


def body_of(kind: str, point: str, said: dict[str, Any]) -> Input | None:
    """What was answered to one of them; None where nothing was."""
    if kind == "migration_intention":
        word = said.get("intends")
        return IntentionIn(about=point, intends=word) if word in INTENDS else None
    answers = {one: said[one] for one in SERVICES if said.get(one) in SCALE}
    return SatisfactionIn(about=point, answers=answers) if kind == "satisfaction" and answers else None
