"""Sensitive acts with a key: a second factor beside it, good once, and the same acts as on the pages."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlmodel import select

from api.sensitive import FUSE_RELEASE, SENSITIVE
from api.step_up import HEADER
from models.account import FREE_TRIES, account_of
from models.clock import wall
from models.sign_in import Outcome, SignIn
from models.staff import Staff, issue_key
from tests.api.test_doors import NOW, Doors, an_intake, doors
from tests.workflows.accounts import Somebody
from workflows import commands
from workflows.messages import fuse
from workflows.records import FACTS

__all__ = ["doors"]
RELEASE = "/api/messages/fuse/release"


@pytest.fixture
def boss(doors: Doors) -> Somebody:
    """A supervisor with an app."""
    return Somebody(doors.database, "supervisor", make=False)


def act(
    doors: Doors, said: str = "", *, role: str = "supervisor", path: str = RELEASE, key: str = ""
) -> httpx.Response:
    """A sensitive act, with something beside the key."""
    return doors.post(path, {}, role, key or None, said)


def code(who: Somebody, steps: int = 0) -> str:
    """What the app shows, some half minutes from now."""
    return who.code(wall() + timedelta(seconds=30 * steps))


def refusal(answer: httpx.Response) -> tuple[int, Any]:
    """How it was refused."""
    return answer.status_code, answer.json()["code"]


def test_asvs_7_5_3_the_api_asks_for_a_second_factor_for_the_same_acts_as_the_pages(
    doors: Doors, boss: Somebody
) -> None:
    ref = doors.post("/api/cases", an_intake()).json()["ref"]
    said = doors.http.get("/openapi.json").json()["paths"]
    for kind in sorted(SENSITIVE - {FUSE_RELEASE}):
        door = said[f"/api/cases/{{ref}}/{kind.replace('_', '-')}"]["post"]
        assert HEADER.lower() in {one["name"].lower() for one in door["parameters"]}, kind
    for path, body in ((f"/api/cases/{ref}/price-approval", {"up_to": "10", "currency": "EUR"}), (RELEASE, {})):
        answer = doors.post(path, body, "supervisor")
        assert refusal(answer) == (401, "proof_needed")
        assert (answer.json()["type"], answer.json()["header"]) == ("urn:sila:problem:proof_needed", HEADER)
    assert act(doors, code(boss)).status_code == 200
    others = said["/api/cases/{ref}/withdrawal"]["post"]["parameters"]
    assert HEADER.lower() not in {one["name"].lower() for one in others}
    assert FUSE_RELEASE not in FACTS


def test_asvs_6_5_1_a_code_is_good_once_and_a_repeat_needs_none(doors: Doors, boss: Somebody) -> None:
    first = code(boss)
    done = act(doors, first, key="once")
    assert done.status_code == 200
    assert refusal(act(doors, first)) == (401, "proof_refused")
    again = act(doors, key="once")
    assert (again.status_code, again.json()) == (200, done.json())
    refused = act(doors, key="later")
    assert refusal(refused) == (401, "proof_needed")
    assert act(doors, code(boss, 1), key="later").status_code == 200  # what was refused may be sent again
    with doors.database.reading() as session:
        outcomes = [row.outcome for row in session.exec(select(SignIn).where(SignIn.handle == "supervisor"))]
    assert outcomes == [Outcome.STEPPED_UP, Outcome.WRONG_CODE, Outcome.STEPPED_UP]


def approve(doors: Doors, ref: str, said: str) -> httpx.Response:
    """A sensitive act that nobody asked for, and that is refused for that."""
    return doors.post(f"/api/cases/{ref}/price-approval", {"up_to": "10", "currency": "EUR"}, "supervisor", None, said)


def test_a_refused_act_gives_its_code_back_for_one_other_act_and_forgives_no_guess(
    doors: Doors, boss: Somebody
) -> None:
    ref, first = doors.post("/api/cases", an_intake()).json()["ref"], code(boss)
    act(doors, "000000")
    for _ in range(2):
        assert refusal(approve(doors, ref, first)) == (409, "not_asked")
        assert failed(doors) == 1
    assert act(doors, first).status_code == 200
    assert refusal(approve(doors, ref, first)) == refusal(act(doors, first)) == (401, "proof_refused")
    assert failed(doors) == 2
    with doors.database.reading() as session:
        outcomes = [row.outcome for row in session.exec(select(SignIn).where(SignIn.handle == "supervisor"))]
    wrong, right, back = Outcome.WRONG_CODE, Outcome.STEPPED_UP, Outcome.GIVEN_BACK
    assert outcomes == [wrong, right, back, right, back, right, wrong, wrong]


def test_a_code_is_not_given_back_over_a_later_one_and_is_nobody_elses_while_its_act_is_looked_at(
    doors: Doors, boss: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, first, later = doors.post("/api/cases", an_intake()).json()["ref"], code(boss), code(boss, 1)
    record, meanwhile = commands.record, []

    def slow(*said: Any) -> Any:
        meanwhile.extend([act(doors, first), act(doors, later)])
        return record(*said)

    with monkeypatch.context() as patch:
        patch.setattr(commands, "record", slow)
        assert refusal(approve(doors, ref, first)) == (409, "not_asked")
    assert [one.status_code for one in meanwhile] == [401, 200]
    assert [act(doors, said).status_code for said in (first, later)] == [401, 401]


def test_a_code_whose_act_failed_half_way_stays_used(
    doors: Doors, boss: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = code(boss)

    def fails(*_: Any) -> Any:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(fuse, "release", fails)
        assert act(doors, first).status_code == 500
    assert refusal(act(doors, first)) == (401, "proof_refused")


def failed(doors: Doors) -> int:
    """Tries of the supervisor since the last one that was good."""
    with doors.database.unit_of_work() as session:
        account = account_of(session, "supervisor")
        assert account is not None
        return account.failed


def test_asvs_6_3_1_wrong_codes_lock_and_every_refusal_reads_alike(doors: Doors, boss: Somebody) -> None:
    wrong = [act(doors, "000000") for _ in range(FREE_TRIES)]
    locked = act(doors, code(boss, 1))
    with doors.database.unit_of_work() as session:
        session.add(Staff(handle="no-app", roles=["supervisor"]))
        doors.keys["no-app"] = issue_key(session, "no-app", NOW)
    nobody = act(doors, "123456", role="no-app")
    assert {refusal(one) for one in (*wrong, locked)} == {(401, "proof_refused")}
    assert len({one.content for one in (*wrong, locked)}) == 1
    assert nobody.content == locked.content  # no account at all
    with doors.database.unit_of_work() as session:
        account = account_of(session, "supervisor")
        assert account is not None
        assert account.is_locked(wall())


def test_t8_a_proof_holds_for_its_own_key_alone_and_for_five_minutes(doors: Doors, boss: Somebody) -> None:
    given = act(doors, code(boss), path="/api/proof").json()
    assert [act(doors, given["proof"]).status_code for _ in range(2)] == [200, 200]
    assert refusal(act(doors, given["proof"], path="/api/proof")) == (401, "proof_needed")  # no proof makes another
    with doors.database.unit_of_work() as session:
        doors.keys["stolen"] = issue_key(session, "supervisor", NOW)
    for said, role in ((given["proof"], "stolen"), (given["proof"][:-4] + "AAAA", "supervisor"), ("proof_", "stolen")):
        assert refusal(act(doors, said, role=role)) == (401, "proof_refused")
    later = wall() + timedelta(minutes=5)
    doors.app.state.wall = lambda: later
    assert refusal(act(doors, given["proof"])) == (401, "proof_refused")


def test_c7_a_partners_system_does_no_sensitive_act(doors: Doors) -> None:
    roles = ["supervisor", "shelter_partner"]
    with doors.database.unit_of_work() as session:
        session.add(Staff(handle="house-system", roles=roles, partner="house"))
        doors.keys["system"] = issue_key(session, "house-system", NOW)
    who = Somebody(doors.database, "house-system", make=False)
    assert refusal(act(doors, code(who), role="system")) == (403, "not_a_person")
    assert refusal(act(doors, code(who), role="system", path="/api/proof")) == (403, "not_a_person")
