"""Shows the form of a fact, reads it back, lets it be checked, and records it once."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.forms import Answered, Setting, Trouble, answered, emptied, grown, labels, told
from api.forms.fill import Filled
from api.forms.form import shown
from api.forms.names import countries
from api.forms.setting import Typed
from api.forms.troubles import of_form, of_refusal
from api.forms.view import Field, Form, Option
from api.pages.engine import page
from api.pages.sending import SentBefore, once, repeated
from api.pages.staff.desk import Desk
from api.pages.typed import Sent, new_token
from api.pages.visitor import Visitor
from models.access import Act, may
from models.draft import put_aside, taken_up, thrown_away
from models.queries.access import relations_of
from models.queries.cases import by_ref
from models.queries.changes import changes_since, last_number
from workflows import commands
from workflows.commands import Fact
from workflows.house import House
from workflows.nudge import Nudger


def opened(request: Request, house: House, visitor: Visitor, desk: Desk) -> Response:
    """The form as somebody opens it: empty, or as they put it aside."""
    with house.database.reading() as session:
        draft = taken_up(session, visitor.staff.handle, desk.path, house.clock.now())
    typed, since = draft or (desk.first(), None)
    fields, _ = shown(desk.fact.model, typed, desk.setting, {}, desk.words)
    return form_page(request, visitor, desk, Form(desk.title, desk.why, fields), since=since)


def form_page(
    request: Request, visitor: Visitor, desk: Desk, form: Form, status: int = 200, token: str = "", **more: Any
) -> Response:
    """The form with its troubles on top."""
    said = {"since": None, "changes": (), "kinds": {}, **more}
    return page(request, "staff/record.html", visitor, status, desk=desk, form=form, token=token or new_token(),
                lists=lists_of(form.fields, visitor.language), **said)  # fmt: skip


def lists_of(fields: Sequence[Field], language: str) -> dict[str, tuple[Option, ...]]:
    """The lists of countries that the fields of a page suggest from."""
    wanted = {one.suggested for field in fields for one in field.every()} - {""}
    return {name: countries(language, int(name[-1])) for name in sorted(wanted)}


def posted(request: Request, house: House, nudger: Nudger, visitor: Visitor, desk: Desk, what: Sent) -> Response:
    """Whatever the button says: one row more or less, put aside, look at it once more, or send."""
    desk = with_given(desk, what.typed)
    if "_discard" in what.marks:
        return thrown(house, visitor, desk)
    if "_save" in what.marks:
        return aside(house, visitor, desk, what.typed)
    if "_add" in what.marks or "_remove" in what.marks or "_change" in what.marks:
        return again(request, visitor, desk, what)
    return send(request, house, nudger, visitor, desk, what)


def with_given(desk: Desk, typed: Typed) -> Desk:
    """What the page made itself (the number of an entry) stays what it was when the form was opened."""
    kept = {name: typed[name][0] for name in ("client_id",) if name in desk.setting.given and typed.get(name)}
    return replace(desk, setting=replace(desk.setting, given={**desk.setting.given, **kept}))


def aside(house: House, visitor: Visitor, desk: Desk, typed: Filled) -> Response:
    """Keep it for later."""
    with house.database.unit_of_work() as session:
        put_aside(session, visitor.staff.handle, desk.path, typed, house.clock.now())
    return RedirectResponse(desk.path, 303)


def thrown(house: House, visitor: Visitor, desk: Desk) -> Response:
    """Begin anew."""
    with house.database.unit_of_work() as session:
        thrown_away(session, visitor.staff.handle, desk.path)
    return RedirectResponse(desk.path, 303)


def again(request: Request, visitor: Visitor, desk: Desk, what: Sent) -> Response:
    """The form with what was typed, one row more or less."""
    typed = what.typed
    if row := what.marks.get("_remove"):
        typed = emptied(typed, row)
    if name := what.marks.get("_add"):
        typed = grown(desk.fact.model, typed, name, desk.setting)
    fields, _ = shown(desk.fact.model, typed, desk.setting, {}, desk.words)
    return form_page(request, visitor, seen_as(desk, what), Form(desk.title, desk.why, fields), token=what.once)


def seen_as(desk: Desk, what: Sent) -> Desk:
    """The page had shown no more than when the form was opened."""
    return replace(desk, seen=what.seen)


def send(
    request: Request, house: House, nudger: Nudger, visitor: Visitor, desk: Desk, what: Sent
) -> Response:  # fmt: skip
    """Check it, let it be looked at where it is long, and record it."""
    read = answered(desk.fact.model, what.typed, desk.setting)
    if what.troubles or read.said is None or not what.once:
        found = what.troubles if what.once else (*what.troubles, ("", "extra_forbidden"))
        wrong = {**{one.name: one.text for one in read.troubles}, **of_form(found, desk.words)}
        return refused(request, visitor, desk, what, wrong, 422)
    form = Form(desk.title, desk.why, read.fields)
    if form.is_long and "_checked" not in what.marks:
        return check_page(request, visitor, seen_as(desk, what), what, read)
    return recorded(request, house, nudger, visitor, desk, what, read)


def check_page(request: Request, visitor: Visitor, desk: Desk, what: Sent, read: Answered) -> Response:
    """The answers once more, before they are sent."""
    hidden = [(name, text) for name, texts in what.typed.items() for text in texts]
    answers = told(read.fields, labels(visitor.language))
    return page(request, "staff/check.html", visitor, desk=desk, answers=answers, hidden=hidden, token=what.once)


def recorded(
    request: Request, house: House, nudger: Nudger, visitor: Visitor, desk: Desk, what: Sent, read: Answered
) -> Response:
    """Record it and go back to the case; or the form again with why not, and everything that was typed."""

    def work() -> dict[str, Any]:
        change = commands.record(house, desk.ref, desk.fact, read.said, visitor.staff, what.seen)  # type: ignore[arg-type]
        nudger.push(change)
        return {"ref": desk.ref, "ver": change.ver}

    try:
        once(request, house, visitor, what.once, what.typed, work)
    except commands.Changed:
        return changed(request, house, visitor, desk, what, read)
    except SentBefore:
        wrong = {"": desk.words.text("sent_before")}
        return refused(request, visitor, desk, replace(what, marks={**what.marks, "_once": new_token()}), wrong, 409)
    except commands.Refused as error:
        wrong = of_refusal(error, desk.fact.model, desk.words)
        return refused(request, visitor, desk, what, wrong, error.status)
    with house.database.unit_of_work() as session:
        thrown_away(session, visitor.staff.handle, desk.path)
    return done(house, visitor, desk.ref, desk.fact.kind)


def done(house: House, visitor: Visitor, ref: str, kind: str) -> Response:
    """Back to the case, where it is still theirs to see; else to their work."""
    now = house.clock.now()
    with house.database.reading() as session:
        case = by_ref(session, ref)
        ties = relations_of(session, visitor.staff, case, now) if case else frozenset()
    where = f"/cases/{ref}" if may(visitor.staff, Act.SEE, ties) else "/"
    return RedirectResponse(f"{where}?recorded={kind}", 303)


def done_before(request: Request, house: House, visitor: Visitor, what: Sent, kind: str) -> Response | None:
    """The end of the first sending of this form, for the second."""
    said = repeated(request, house, visitor, what.once, what.typed) if what.once else None
    return done(house, visitor, said["ref"], kind) if said else None


def lost(request: Request, visitor: Visitor, fact: Fact, what: Sent) -> Response:
    """A question that is no longer open, or no longer theirs: what they typed is shown, so that it can be copied."""
    words = labels(visitor.language)
    fields, _ = shown(fact.model, what.typed, Setting(visitor.language), {}, words)
    answers = told(fields, words)
    return page(request, "staff/lost.html", visitor, 409, title=words.kind(fact.kind)[0], answers=answers)


def refused(request: Request, visitor: Visitor, desk: Desk, what: Sent, wrong: dict[str, str], status: int) -> Response:
    """The form with what is the matter; nothing that was typed is lost."""
    fields, troubles = shown(desk.fact.model, what.typed, desk.setting, wrong, desk.words)
    form = Form(desk.title, desk.why, fields, troubles)
    return form_page(request, visitor, seen_as(desk, what), form, status, what.once)


def changed(
    request: Request, house: House, visitor: Visitor, desk: Desk, what: Sent, read: Answered
) -> Response:  # fmt: skip
    """What others changed meanwhile, above the form as it was typed: sending it again is sending it knowingly."""
    with house.database.reading() as session:
        events = changes_since(session, desk.ref, what.seen) if desk.can_see else ()
        now = last_number(session, desk.ref)
    form = Form(desk.title, desk.why, read.fields, (Trouble("", desk.words.text("changed")),))
    kinds = {f"fact.{kind}": words[0] for kind, words in desk.words.parts["kinds"].items()}
    return form_page(request, visitor, replace(desk, seen=now), form, 409, what.once, changes=events, kinds=kinds)
