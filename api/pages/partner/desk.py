"""One handover as its partner works on it: where it stands, the forms, what was sent, what came of a word."""

import re
import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.documents.issue import receipt_pdf
from api.documents.prints import Viewer
from api.pages.engine import page
from api.pages.limits import limited
from api.pages.partner.codes import STATUS, TONGUES, named, tongue
from api.pages.partner.forms import FORMS, Form
from api.pages.partner.reading import Reading, read
from api.pages.partner.results import result_of
from api.pages.partner.stands import SHOWS, next_step, offered, shown, takes
from api.pages.partner.visitor import Closed, PartnerVisitor, keep_awake, posting
from api.pages.visitor import Posted
from models.handover import HandoverPackage
from models.handover_state import UNDECIDED
from workflows.house import House
from workflows.partner_page import came_of, say, show, view

FEW_MINUTES = timedelta(minutes=10)
RECEIPT = ("arrived", "received")
ONCE = re.compile(r"[0-9A-Za-z_-]{16,64}")


def desk(base: str, whoever: Callable[..., PartnerVisitor]) -> APIRouter:
    """The pages of one handover below ``base``, for visitors that ``whoever`` lets in."""
    router = APIRouter(prefix=base, include_in_schema=False)
    here = Depends(whoever)

    @router.get("")
    def home(request: Request, house: HouseDep, visitor: PartnerVisitor = here) -> HTMLResponse:
        return stands(request, house, visitor)

    @router.get("/word/{name}")
    def form(request: Request, name: str, house: HouseDep, visitor: PartnerVisitor = here) -> Response:
        return asked(request, house, visitor, name)

    @router.post("/word/{name}")
    def word(
        request: Request, name: str, house: HouseDep, nudger: NudgerDep, said: Posted, visitor: PartnerVisitor = here
    ) -> Response:
        posting(request, visitor, said)
        return spoken(request, house, nudger, visitor, name, said)

    @router.get("/said/{key}")
    def result(request: Request, key: str, house: HouseDep, visitor: PartnerVisitor = here) -> Response:
        return what_came(request, house, visitor, key)

    @router.post("/show")
    def opened(request: Request, house: HouseDep, said: Posted, visitor: PartnerVisitor = here) -> Response:
        posting(request, visitor, said)
        return personal(request, house, visitor, str(said.get("what", "")))

    @router.post("/receipt")
    def receipt(request: Request, house: HouseDep, said: Posted, visitor: PartnerVisitor = here) -> Response:
        posting(request, visitor, said)
        return printed(request, house, visitor)

    return router


def known(house: House, visitor: PartnerVisitor) -> dict[str, Any]:
    """The handover. Raises Closed when the visitor may not see it now."""
    one = view(house, visitor.subject)
    if one is None:
        raise Closed
    return one


def drawn(request: Request, template: str, visitor: PartnerVisitor, status: int = 200, **values: Any) -> HTMLResponse:
    """One page of the desk, with the helpers of its templates."""
    language = visitor.language
    return page(
        request, f"partner/{template}.html", visitor, status, tongues=TONGUES, forms=FORMS,
        named=lambda code: named(code, language), tongue=lambda code: tongue(code, language),
        dated=date.fromisoformat, timed=datetime.fromisoformat, **values,
    )  # fmt: skip


def stands(request: Request, house: House, visitor: PartnerVisitor) -> HTMLResponse:
    """Where it stands and what can be done."""
    one = known(house, visitor)
    return drawn(
        request, "home", visitor, one=one, chip=STATUS[one["status"]], shows=shown(one), next=next_step(one),
        is_new=one["status"] in UNDECIDED, has_receipt=one["status"] in RECEIPT, mark=one["preview"]["case_code"],
        **offered(one),
    )  # fmt: skip


def asked(
    request: Request, house: House, visitor: PartnerVisitor, name: str, reading: Reading | None = None, once: str = ""
) -> Response:
    """A form, empty or as it was typed; one that makes no sense any more leads back to where it stands."""
    one = known(house, visitor)
    if name not in FORMS or not takes(one, name):
        return RedirectResponse(visitor.base, 303)
    return drawn(
        request, "word", visitor, 422 if reading else 200, one=one, form=FORMS[name], reading=reading or Reading({}),
        once=once or secrets.token_urlsafe(16), package_hash=last_hash(one["newest"]), mark=one["preview"]["case_code"],
        today=house.clock.now().astimezone(ZoneInfo(one["zone"])).date().isoformat(),
    )  # fmt: skip


def last_hash(newest: dict[str, HandoverPackage]) -> str | None:
    """The package that is signed for: where to be, else who comes."""
    found = newest.get("arrival") or newest.get("identity")
    return found.sha256 if found else None


def spoken(request: Request, house: House, nudger: Any, visitor: PartnerVisitor, name: str, typed: Posted) -> Response:
    """Take one form: the same form again gives the same result; what cannot be right comes back as it was typed."""
    key, form = str(typed.get("once", "")), FORMS.get(name)
    limited(request, f"word on {visitor.subject}", 60, FEW_MINUTES)
    if form is None or not ONCE.fullmatch(key):
        return RedirectResponse(visitor.base, 303)
    if came_of(house, visitor.speaker, key) is None:
        one = view(house, visitor.subject)
        reading = read(form, typed, one["zone"] if one else visitor.zone, house.clock.now())
        if reading.wrong and one is not None:
            return asked(request, house, visitor, name, reading, key)
        kind, said = heard_as(form, reading, typed)
        change = say(house, visitor.speaker, key, visitor.subject, kind, said)
        if change:
            nudger.push(change)
    keep_awake(house, visitor, request.app.state.wall())
    return RedirectResponse(f"{visitor.base}/said/{key}", 303)


def heard_as(form: Form, reading: Reading, typed: Posted) -> tuple[str, dict[str, Any]]:
    """The word that the form is heard as. Hashes come back from the form: they are what the partner had before it."""
    said = dict(reading.said)
    for name, kind in (("package_hash", "received"), ("preview_hash", "accepted")):
        if form.kind == kind and typed.get(name):
            said[name] = str(typed[name])
    if form.kind == "payment":
        return ("payment.handed_over" if said.get("handed_over") else "payment.failed"), said
    return form.kind, said


def what_came(request: Request, house: House, visitor: PartnerVisitor, key: str) -> Response:
    """What came of a form, and how the handover stands now."""
    came = came_of(house, visitor.speaker, key)
    if came is None:
        return RedirectResponse(visitor.base, 303)
    one = view(house, visitor.subject)
    title, text, look = result_of(came[0])
    more = {"mark": one["preview"]["case_code"]} if one else {}
    status = STATUS[one["status"]] if one else None
    return drawn(request, "said", visitor, title=title, text=text, look=look, at=came[1], chip=status, **more)


def personal(request: Request, house: House, visitor: PartnerVisitor, what: str) -> Response:
    """Personal data, after it was written down that they are read (S12)."""
    one = known(house, visitor)
    found = show(house, visitor.subject, what, visitor.speaker.by) if what in SHOWS else None
    if found is None:
        return RedirectResponse(visitor.base, 303)
    keep_awake(house, visitor, request.app.state.wall())
    return drawn(
        request, "show", visitor, shown=found, what=what, title=SHOWS[what], mark=one["preview"]["case_code"], one=one
    )


def printed(request: Request, house: House, visitor: PartnerVisitor) -> Response:
    """The receipt, once there is something to confirm; that it was printed is written down."""
    if known(house, visitor)["status"] not in RECEIPT:
        return RedirectResponse(visitor.base, 303)
    limited(request, f"receipt of {visitor.subject}", 10, FEW_MINUTES)
    url, viewer = request.app.state.settings.public_url, Viewer(visitor.viewer)
    made = receipt_pdf(house, visitor.subject, visitor.language, viewer, url, visitor.zone)
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": "inline; filename=receipt.pdf"})
