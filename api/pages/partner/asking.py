"""One question about a place as its partner answers it: what is asked, the answer, a look at it, thanks."""

import secrets
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.limits import limited
from api.pages.partner.desk import FEW_MINUTES, ONCE, drawn
from api.pages.partner.place_forms import FORM, OTHER_ANSWER, TOPICS, fits
from api.pages.partner.reading import Reading, read
from api.pages.partner.results import result_of
from api.pages.partner.visitor import Closed, PartnerVisitor, keep_awake, posting
from api.pages.visitor import Posted
from workflows.house import House
from workflows.partner_page import came_of, say_of_place
from workflows.place_door import place_view


def asking(base: str, whoever: Callable[..., PartnerVisitor]) -> APIRouter:
    """The pages of one question below ``base``, for visitors that ``whoever`` lets in."""
    router = APIRouter(prefix=base, include_in_schema=False)
    here = Depends(whoever)

    @router.get("")
    def question(request: Request, house: HouseDep, visitor: PartnerVisitor = here) -> HTMLResponse:
        return asked(request, house, visitor)

    @router.post("/check")
    def check(request: Request, house: HouseDep, typed: Posted, visitor: PartnerVisitor = here) -> Response:
        posting(request, visitor, typed)
        return checked(request, house, visitor, typed)

    @router.post("/change")
    def change(request: Request, house: HouseDep, typed: Posted, visitor: PartnerVisitor = here) -> Response:
        posting(request, visitor, typed)
        return asked(request, house, visitor, understood(house, visitor, typed), str(typed.get("once", "")))

    @router.post("/answer")
    def answer(
        request: Request, house: HouseDep, nudger: NudgerDep, typed: Posted, visitor: PartnerVisitor = here
    ) -> Response:
        posting(request, visitor, typed)
        return answered(request, house, nudger, visitor, typed)

    @router.get("/said/{key}")
    def result(request: Request, key: str, house: HouseDep, visitor: PartnerVisitor = here) -> Response:
        return thanked(request, house, visitor, key)

    return router


def known(house: House, visitor: PartnerVisitor) -> dict[str, Any]:
    """The question. Raises Closed when the visitor may not see it now."""
    one = place_view(house, visitor.subject)
    if one is None:
        raise Closed
    return one


def understood(house: House, visitor: PartnerVisitor, typed: Posted) -> Reading:
    """The form as it was typed; the reason must be one for the answer."""
    reading = read(FORM, typed, visitor.zone, house.clock.now())
    if not reading.wrong and not fits(reading.said["safe"], reading.said["note_code"]):
        reading.wrong["note_code"] = OTHER_ANSWER
    return reading


def asked(
    request: Request, house: House, visitor: PartnerVisitor, reading: Reading | None = None, once: str = ""
) -> HTMLResponse:
    """What is asked, with the form, empty or as it was typed; or the answer, once it was given."""
    one, is_wrong = known(house, visitor), bool(reading and reading.wrong)
    key = once if ONCE.fullmatch(once) else secrets.token_urlsafe(16)
    said = SimpleNamespace(safe=one["safe"], note_code=one["note_code"])
    return drawn(
        request, "place", visitor, 422 if is_wrong else 200, one=one, form=FORM, reading=reading or Reading({}),
        once=key, topics=TOPICS, said=said, mark=one["question"]["case_code"],
    )  # fmt: skip


def checked(request: Request, house: House, visitor: PartnerVisitor, typed: Posted) -> Response:
    """The answer once more, before it is sent; nothing is kept of it yet."""
    one, reading, key = known(house, visitor), understood(house, visitor, typed), str(typed.get("once", ""))
    if reading.wrong or one["safe"] is not None or not ONCE.fullmatch(key):
        return asked(request, house, visitor, reading, key)
    return drawn(
        request, "place_check", visitor, one=one, form=FORM, reading=reading, said=SimpleNamespace(**reading.said),
        once=key, mark=one["question"]["case_code"],
    )  # fmt: skip


def answered(request: Request, house: House, nudger: Any, visitor: PartnerVisitor, typed: Posted) -> Response:
    """Take the answer: the same form again gives the same result, and what cannot be right comes back."""
    key = str(typed.get("once", ""))
    limited(request, f"word on {visitor.subject}", 60, FEW_MINUTES)
    if not ONCE.fullmatch(key):
        return RedirectResponse(visitor.base, 303)
    if came_of(house, visitor.speaker, key) is None:
        reading = understood(house, visitor, typed)
        if reading.wrong:
            return asked(request, house, visitor, reading, key)
        change = say_of_place(house, visitor.speaker, key, visitor.subject, reading.said)
        if change:
            nudger.push(change)
    keep_awake(house, visitor, request.app.state.wall())
    return RedirectResponse(f"{visitor.base}/said/{key}", 303)


def thanked(request: Request, house: House, visitor: PartnerVisitor, key: str) -> Response:
    """What came of the answer."""
    came = came_of(house, visitor.speaker, key)
    if came is None:
        return RedirectResponse(visitor.base, 303)
    title, text, look = result_of(came[0])
    return drawn(request, "said", visitor, title=title, text=text, look=look, at=came[1], chip=None)
