"""G9: every route says what it asks of the policy, and the answer is the policy's for every role, tie, act and class.

A new route or a new kind of fact has no row here, and fails until somebody has thought about who may use it.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from sqlmodel import Session

from api.access import Allowed, Holds
from api.main import create_app
from api.pages.visitor import staff_visitor
from models.access import FIELDS, Act, Relation, Tie, may
from models.case import Case, UnknownCase
from models.database import Database
from models.glass import GlassBreak
from models.queries.access import Denied, must_ref, relations_of, visible_to
from models.queries.ties import ANSWERS_FOR
from models.staff import Staff, issue_key
from models.stage import Role
from tests.api.test_doors import NOW as DOORS_NOW
from tests.api.test_doors import Doors, an_intake, doors
from tests.factories import NOW
from tests.models.test_access_queries import a_case, ask, hand_over, put, somebody, stay
from workflows.records import FACTS
from workflows.records.acts import APPROVALS, REPORTS, act_of

__all__ = ["doors"]
# Each door of a case, with its act and field class.
ROWS: dict[str, tuple[Act, int]] = {
    "GET /api/cases/{ref}": (Act.SEE, 1),
    "GET /api/cases/{ref}/timeline": (Act.SEE, 1),
    "GET /api/cases/{ref}/explanation": (Act.SEE, 1),
    "GET /api/cases/{ref}/team": (Act.SEE, 1),
    "GET /api/cases/{ref}/messages": (Act.SEE, 1),
    "GET /api/cases/{ref}/risk": (Act.SEE, 3),
    "GET /api/cases/{ref}/separations": (Act.SEE, 3),
    "GET /api/cases/{ref}/reads": (Act.AUDIT, 1),
    "POST /api/cases/{ref}/replies/{reply}/reading": (Act.SEE, 1),  # class 3 is asked by the command
    "POST /api/cases/{ref}/withdrawal": (Act.WITHDRAW, 1),
    "POST /api/cases/{ref}/episodes": (Act.RECORD, 1),
    "POST /api/cases/{ref}/legal-hold": (Act.HOLD, 1),
    "DELETE /api/cases/{ref}/legal-hold": (Act.HOLD, 1),
    "POST /api/cases/{ref}/take": (Act.TAKE, 1),
    "POST /api/cases/{ref}/assign": (Act.ASSIGN, 1),
    "POST /api/cases/{ref}/release": (Act.SEE, 1),  # one's own work; another's is asked by the command
    "POST /api/cases/{ref}/calls": (Act.REPORT, 1),
    "POST /api/cases/{ref}/retrafficking": (Act.REPORT, 1),
    "POST /api/cases": (Act.OPEN, 1),
    "POST /api/enquiries": (Act.REPORT, 1),
    "GET /api/reads": (Act.AUDIT, 1),
    "GET /api/break-glass": (Act.REVIEW, 1),
    "POST /api/break-glass/{glass_id}/review": (Act.REVIEW, 1),
}
# Doors that name no case: by role, and what they list is filtered by ``visible_to`` or by the partner's own handovers.
ASIDE = {
    "GET /api/cases", "GET /api/questions", "POST /api/questions/{question_id}/answer", "GET /api/deadlines",
    "GET /api/deadlines/predicted", "GET /api/messages", "POST /api/messages/fuse/release", "POST /api/proof",
    "GET /api/inbound",
    "POST /api/inbound/{letter}/reading", "POST /api/inbound/{letter}/settled", "GET /api/handovers",
    "GET /api/handovers/{handover_id}", "GET /api/handovers/{handover_id}/packages/{stage}",
    "POST /api/handovers/{handover_id}/word", "GET /api/places/holds", "GET /api/places/{place}/cases",
    "POST /api/places/{place}/hold", "POST /api/places/{place}/lift", "POST /api/places/{place}/assessment",
}  # fmt: skip
# Pages that nobody is signed in for: signing in itself, links with a code of their own, papers, and machines.
OPEN = ("/enrol", "/sign-in", "/static", "/h", "/p/", "/w", "/verify", "/webhooks", "/health", "/docs")


def routes(router: Any) -> Iterator[APIRoute]:
    """Every route, also of routers within."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif isinstance(inner, APIRouter):
            yield from routes(inner)


def named(route: APIRoute) -> str:
    """As in the table."""
    return f"{min(route.methods)} {route.path}"


def calls(dependant: Any) -> Iterator[Any]:
    """Everything that is asked before a route does something."""
    for one in dependant.dependencies:
        yield one.call
        yield from calls(one)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application; no house is opened."""
    return create_app()


def facts() -> dict[str, tuple[Act, int]]:
    """A door for each kind of fact."""
    return {f"POST /api/cases/{{ref}}/{kind.replace('_', '-')}": (act_of(kind), 1) for kind in FACTS}


def test_g9_every_door_of_the_api_asks_what_its_row_says(app: FastAPI) -> None:
    known = {**ROWS, **facts()}
    found = {named(route): route for route in routes(app) if route.path.startswith("/api/")}
    found.pop("GET /api/health", None)
    assert set(found) == set(known) | ASIDE
    for name, row in known.items():
        guards = [one for one in calls(found[name].dependant) if isinstance(one, Allowed | Holds)]
        asked = [(one.act, getattr(one, "field_class", 1)) for one in guards]
        assert row in asked, name
        assert any(isinstance(one, Allowed) for one in guards) == ("{ref}" in name), name


def test_g9_every_page_asks_who_is_there(app: FastAPI) -> None:
    for route in routes(app):
        if not f"{route.path}/".startswith(("/api/", *OPEN)):
            assert staff_visitor in set(calls(route.dependant)), route.path


def test_the_acts_of_facts_are_of_facts_that_there_are() -> None:
    assert set(FACTS) >= REPORTS | APPROVALS
    assert not REPORTS & APPROVALS


def asked(session: Session, case: Case, role: Role) -> None:
    """A question is open; a counsellor's is another's than the owner's only where the owner has left."""
    case.owner = "gone" if role is Role.COUNSELLOR else case.owner
    ask(session, case, role)


def can_be(role: Role, relation: Relation) -> bool:
    """Whether somebody in a role can be tied so at all."""
    only = {
        Relation.NONE: (), Relation.OWNER: ANSWERS_FOR, Relation.SUPERVISES: (Role.SUPERVISOR,),
        Relation.OWN_CLIENT: (Role.SHELTER_PARTNER,), Relation.OWN_HANDOVER: (Role.RECEIVING_PARTNER,),
    }  # fmt: skip
    return role in only[relation] if relation in only else role is not Role.RECEIVING_PARTNER


Binds = Callable[[Session, Case, Staff, Role], object]
TIED: dict[Relation, Binds] = {
    Relation.NONE: lambda _session, _case, _who, _role: None,
    Relation.OWNER: lambda _session, case, who, _role: setattr(case, "owner", who.handle),
    Relation.ASSIGNED: put,
    Relation.SUPERVISES: lambda _session, case, _who, _role: setattr(case, "unowned_since", NOW),
    Relation.ASKED: lambda session, case, _who, role: asked(session, case, role),
    Relation.OWN_CLIENT: lambda session, case, who, _role: stay(session, case, str(who.partner)),
    Relation.OWN_HANDOVER: lambda session, case, who, _role: hand_over(session, case, str(who.partner), "accepted"),
    Relation.BROKEN_GLASS: lambda session, case, who, _role: session.add(
        GlassBreak(at=NOW, handle=who.handle, case_ref=case.ref, category="other", ends_at=NOW + timedelta(hours=1))
    ),
}


def answer(session: Session, who: Staff, act: Act, ref: str, field_class: int) -> str:
    """What a door says."""
    try:
        must_ref(session, who, act, ref, NOW, field_class)
    except (UnknownCase, Denied) as refused:
        return type(refused).__name__
    return "yes"


def test_g9_every_cell_is_answered_as_the_table_says(database: Database) -> None:
    cells = 0
    with database.unit_of_work() as session:
        somebody(session, "elif", Role.COUNSELLOR, supervisor="boss")
        for number, (role, relation) in enumerate(product(Role, Relation)):
            who = somebody(session, f"{role.value}-{relation.value}", role, partner=f"p{number}", supervisor="boss")
            case = a_case(session)
            TIED[relation](session, case, who, role)
            session.flush()
            ties = relations_of(session, who, case, NOW)
            assert ties == ({Tie(role, relation)} if can_be(role, relation) else set()), (role, relation)
            for act, field_class in product(Act, FIELDS):
                expected = "yes" if may(who, act, ties, field_class) else "Denied"
                if expected == "Denied" and not may(who, Act.SEE, ties):
                    expected = "UnknownCase"
                assert answer(session, who, act, case.ref, field_class) == expected, (role, relation, act, field_class)
                cells += 1
    assert cells == len(Role) * len(Relation) * len(Act) * len(FIELDS)


@pytest.mark.parametrize("path", [name.removeprefix("GET ") for name in ROWS if name.startswith("GET /api/cases/")])
def test_t14_a_case_that_is_not_theirs_is_answered_like_one_that_is_not(doors: Doors, path: str) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    with doors.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=[Role.COUNSELLOR.value]))
        doors.keys["other"] = issue_key(session, "other", DOORS_NOW)
    theirs, nobodys = (doors.get(path.replace("{ref}", one), "other") for one in (ref, "C-0000000000"))
    assert theirs.status_code == nobodys.status_code
    assert theirs.status_code in (403, 404)
    assert theirs.content == nobodys.content


def test_t2_search_and_lists_stay_within_the_own_caseload(doors: Doors, database: Database) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    with doors.database.unit_of_work() as session:
        session.add(Staff(handle="other", roles=[Role.COUNSELLOR.value]))
        doors.keys["other"] = issue_key(session, "other", DOORS_NOW)
    assert [case["ref"] for case in doors.get("/api/cases", "counsellor").json()["cases"]] == [ref]
    assert doors.get("/api/cases", "other").json()["cases"] == []
    assert doors.get("/api/questions", "other").json() == {"questions": []}
    assert str(visible_to(Staff(handle="o", roles=[Role.OPERATIONS.value]), NOW, Act.SEARCH)) == "false"
