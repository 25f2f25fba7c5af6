"""The person's window: where things stand, how they are, stopping, help, a call, a complaint."""

import re
import secrets
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from api.deps import HouseDep, NudgerDep
from api.pages.engine import page
from api.pages.person.visitor import AtWindow, Own, PostingOwn
from api.pages.visitor import Posted
from models.complaint import Topic, complaints_of
from models.house_seal import opened
from models.queries.cases import by_ref, notes
from models.stage import Stage
from workflows import commands, themselves
from workflows.commands import Change, Refused, withdraw
from workflows.house import House
from workflows.inputs.follow_up import CheckInIn

router = APIRouter(include_in_schema=False)
PAGES = ("how", "stop", "help", "call", "say")
MINE = ("dates", "consents", "seen")
RIGHTS = ("stop", "help", "say")  # what remains when the case is closed
KINDS = {"Done": "done", "Waiting": "now", "Asking": "now", "Doing": "now", "Blocked": "next"}
LONGEST = 4000
MARK = re.compile(r"[\w-]{32}")
HOW = ("home", "food", "help")


@router.get("/w")
def home(request: Request, house: HouseDep, own: AtWindow) -> Response:
    """Where things stand, and what they can do; an empty window looks like one in which nothing has happened."""
    if own.empty:
        return page(request, "person/empty.html", own)
    with house.database.reading() as session:
        case = by_ref(session, own.ref)
        noted = notes(session, case.id) if case else {}
    steps = [(stage.value, KINDS[row.kind]) for stage in Stage if (row := noted.get(stage)) and row.kind in KINDS]
    return page(request, "person/home.html", own, steps=steps, pages=(*pages_of(own), *mine_of(own)))


def pages_of(own: Own) -> tuple[str, ...]:
    """What they can do now."""
    return RIGHTS if own.closed else PAGES


def mine_of(own: Own) -> tuple[str, ...]:
    """What is theirs to see, and to say of it while there is a case."""
    return MINE if own.closed else (*MINE, "opinion")


@router.get("/w/done/{what}")
def done(request: Request, own: AtWindow, what: str) -> Response:
    """What happens now."""
    known = (*PAGES, "consent", "not-due")
    return page(request, "person/done.html", own, what=what if what in known and not own.empty else "none")


@router.get("/w/{what}")
def ask(request: Request, house: HouseDep, own: AtWindow, what: str) -> Response:
    """One form."""
    if own.empty or what not in pages_of(own):
        return RedirectResponse("/w", 303)
    values: dict[str, Any] = said_before(house, own) if what == "say" else {}
    return page(request, f"person/{what}.html", own, **values)


def said_before(house: House, own: Own) -> dict[str, Any]:
    """A mark for a new complaint, and what came of those that were made from here with a name."""
    with house.database.reading() as session:
        rows = complaints_of(session, own.ref)
        answers = {row.id: str(opened(session, row, "answer")) for row in rows if row.answered_at}
    return {"once": secrets.token_urlsafe(24), "rows": rows, "answers": answers}


@router.post("/w/{what}")
def answer(request: Request, house: HouseDep, nudger: NudgerDep, own: PostingOwn, form: Posted, what: str) -> Response:
    """Do what they ask for; pressed twice it is done once."""
    if what not in pages_of(own):
        return RedirectResponse("/w", 303)
    try:
        change, then = ACTS[what](house, own, form)
    except (Refused, ValidationError):
        return RedirectResponse("/w/say" if what == "say" else "/w/done/not-due", 303)
    if change is not None:
        nudger.push(change)
    return RedirectResponse(f"/w/done/{then}", 303)


Act = Callable[[House, Own, FormData], tuple[Change | None, str]]


def how(house: House, own: Own, form: FormData) -> tuple[Change | None, str]:
    """The check-in that is due. Who says that they are not safe is heard whether anything is due or not."""
    safe = {"yes": True, "no": False}.get(str(form.get("safe", "")))
    try:
        return checked_in(house, own, form, safe), "help" if safe is False else "how"
    except Refused:
        if safe is not False:
            raise
        return themselves.not_safe(house, own.ref), "help"


def checked_in(house: House, own: Own, form: FormData, safe: bool | None) -> Change:
    """The check-in as it was answered; any question may be left open. Raises Refused where none is due."""
    point = themselves.due_point(house, own.ref)
    said = {name: str(form[name]) for name in HOW if form.get(name) in ("yes", "no")}
    words = str(form.get("text", ""))[:LONGEST].strip()
    answers = said | ({"text": words} if words else {})
    body = CheckInIn(about=point, channel="messenger", reached=True, safe=safe, answers=answers)
    return themselves.say(house, own.ref, "check_in", body)


def stop(house: House, own: Own, _form: FormData) -> tuple[Change | None, str]:
    """In one step, without a reason."""
    return withdraw(house, own.ref, themselves.themselves()), "stop"


def unsafe(house: House, own: Own, _form: FormData) -> tuple[Change | None, str]:
    """Somebody acts at once."""
    return themselves.not_safe(house, own.ref), "help"


def call(house: House, own: Own, form: FormData) -> tuple[Change | None, str]:
    """A call on a safe channel."""
    suits = str(form.get("suits", "any"))
    themselves.want_a_call(house, own.ref, suits if suits in ("morning", "midday", "evening") else "any")
    return None, "call"


def say(house: House, own: Own, form: FormData) -> tuple[Change | None, str]:
    """To the supervisors, with or without a name."""
    words, topic = str(form.get("text", ""))[:LONGEST].strip(), str(form.get("topic", "other"))
    if not words:
        raise commands.Wrong("empty", "Write what happened.", "text")
    about = Topic(topic) if topic in tuple(Topic) else Topic.OTHER
    themselves.complain(house, own.ref, about, words, named=form.get("named") == "yes", once=mark_of(form))
    return None, "say"


def mark_of(form: FormData) -> str:
    """The mark of the form. Raises Wrong for one that is not ours."""
    mark = str(form.get("once", ""))
    if not MARK.fullmatch(mark):
        raise commands.Wrong("once", "Open the page again and send it there.", "once")
    return mark


ACTS: dict[str, Act] = {"how": how, "stop": stop, "help": unsafe, "call": call, "say": say}
