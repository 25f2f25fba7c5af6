"""A year on the whole stack of real processes, with the worker and Prefect's server killed on the way."""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from api.cli.cast import Life, case_of, people
from api.cli.place import Place
from api.cli.play import Play
from api.cli.report import duplicates
from api.cli.running import start
from api.cli.stack import Stack
from models.case import Case
from models.effect import Effect, EffectState
from models.event import verify

pytestmark = [pytest.mark.stack, pytest.mark.timeout(900)]
STORIES = ("boy and a baby", "laissez-passer", "answer is lost", "withdraws with a ticket")
STRUCK = ("offer_handover", "hold_seats")
STAGES = ("risk-assessment", "travel-documents", "flight-booking", "partner-handover", "follow-up")


@dataclass
class Year:
    """What was seen of a year."""

    play: Play
    place: Place
    killed_during: list[str] = field(default_factory=list)
    refs_without_server: list[int] = field(default_factory=list)
    recalled_without_server: int = 0


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Four lives from interview to last check-in; the stack stays up for the tests to look at."""
    place = Place(tmp_path_factory.mktemp("year"), usual=False)
    place.make(demo=True)
    with start(place, tick_seconds=5) as stack, Play(place, stack) as play:
        seen = Year(play, place)
        play.open_cases([life for life in people() if any(story in life.story for story in STORIES)])
        assassin = threading.Thread(target=kill_in_the_act, args=(seen, stack), daemon=True)
        assassin.start()
        until(play, lambda: any("booking.ticketed" in play.codes(ref) for ref in withdrawing(seen)))
        withdraw_without_server(seen, stack)
        stack.kill("prefect")
        stack.wait_ready("prefect")
        assert play.to_the_end(time.monotonic() + 400)
        assassin.join(timeout=10)
        yield seen


def until(play: Play, true: Callable[[], bool], seconds: float = 200) -> None:
    """Play on until something holds."""
    for life in play.lives.values():
        life.withdraws_when = None
    last = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < last
        play.step()


def withdrawing(seen: Year) -> list[str]:
    """The case of the person who withdraws."""
    return [ref for ref, life in seen.play.lives.items() if "withdraws" in life.story]


def kill_in_the_act(seen: Year, stack: Stack) -> None:
    """Kill the worker with SIGKILL, twice, each time while the ledger says of an effect that it is under way."""
    for action in STRUCK:
        while not under_way(seen, action):
            time.sleep(0.003)
        stack.kill("worker")
        seen.killed_during.append(action)


def under_way(seen: Year, action: str) -> bool:
    """Whether an effect of this kind was sent and is not settled."""
    with seen.play.database.reading() as session:
        query = select(Effect.id).where(Effect.action == action, Effect.state == EffectState.SENT)
        return session.exec(query).first() is not None


def withdraw_without_server(seen: Year, stack: Stack) -> None:
    """Prefect's server is down while somebody withdraws."""
    stack.stop("prefect", grace_seconds=0)
    [ref] = withdrawing(seen)
    url = f"/api/cases/{ref}/withdrawal"
    seen.refs_without_server.append(seen.play.http.post(url, headers=seen.play.headers("counsellor")).status_code)
    time.sleep(3)
    with seen.play.database.reading() as session:
        seen.recalled_without_server = len(recalls(session, ref))
    stack.start("prefect")


def recalls(session: Session, ref: str) -> list[Effect]:
    """What was taken back for a case."""
    query = select(Effect).join(Case, col(Case.id) == Effect.case_id).where(Case.ref == ref)
    return list(session.exec(query.where(col(Effect.action).in_(["cancel_booking", "recall_handover"]))).all())


def test_s1_every_life_ends_as_told_though_worker_and_server_were_killed(year: Year) -> None:
    assert year.killed_during == list(STRUCK)
    for ref, life in year.play.lives.items():
        status = year.play.http.get(f"/api/cases/{ref}", headers=year.play.headers("operations")).json()
        assert (life.story, status["outcome"]) == (life.story, life.ends)


def test_s2_s3_nothing_happened_twice(year: Year) -> None:
    assert duplicates(year.play) == (0, 0)


def test_s11_the_chain_holds(year: Year) -> None:
    with year.play.database.reading() as session:
        events, breaks = verify(session)
    assert events > 200
    assert breaks == []


def test_s6_withdrawal_is_accepted_while_prefect_is_down_and_recalled_when_it_is_back(year: Year) -> None:
    assert year.refs_without_server == [200]
    assert year.recalled_without_server == 0
    [ref] = withdrawing(year)
    with year.play.database.reading() as session:
        done = {(effect.action, effect.state) for effect in recalls(session, ref)}
    assert done == {("cancel_booking", EffectState.CONFIRMED), ("recall_handover", EffectState.CONFIRMED)}


def test_the_five_stages_have_completed_runs_that_say_what_is_awaited(year: Year) -> None:
    for name in STAGES:
        asked = {"flows": {"name": {"any_": [name]}}, "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
        runs = year.play.http.post(f"{year.play.stack.api_url}/flow_runs/filter", json=asked).json()
        assert runs, name
        refs = {run["name"].split()[0] for run in runs}
        assert refs <= set(year.play.lives), name
        assert all(run["state"]["name"] != "Completed" for run in runs), name
        assert all({f"case:{run['name'].split()[0]}", f"stage:{name}"} <= set(run["tags"]) for run in runs), name


def test_s13_nothing_personal_is_in_what_prefect_stores_or_in_any_log(year: Year) -> None:
    stored = b"".join(path.read_bytes() for path in kept_by_prefect(year.place.data))
    assert len(stored) > 1_000_000
    assert next(iter(year.play.lives)).encode() in stored, "the search must find what is there"
    found = [secret for secret in secrets(year) if any(form in stored for form in forms(secret))]
    assert found == []


def kept_by_prefect(data: Path) -> Iterator[Path]:
    """Its database with what is not yet merged into it, its home with any result files, and every log."""
    with contextlib.closing(sqlite3.connect(data / "prefect.db")) as database:
        database.execute("PRAGMA wal_checkpoint(FULL)")
    yield from data.glob("prefect.db*")
    yield from (path for path in (data / "prefect").rglob("*") if path.is_file())
    yield from (data / "logs").iterdir()


def secrets(year: Year) -> Iterator[str]:
    """Every name, birth date, phone number and document number of the people."""
    today = year.play.began.date()
    for number, life in enumerate(year.play.lives.values(), start=1):
        said = case_of(life, number, today)
        yield said["contact"]["address"].removeprefix("+90")
        for person in (said["principal"], *said["dependants"]):
            yield from (person["family_name"], person["native_name"], *names_apart(life, person["given_names"]))
            yield from (person.get("document", {}).get("number", "ZZ70000"), person["born_on"])


def names_apart(life: Life, given: str) -> Iterator[str]:
    """Given names, and each native word."""
    yield given
    yield from life.native_name.split()


def forms(secret: str) -> list[bytes]:
    """As it is, in other cases, as JSON escapes it, and in UTF-16."""
    escaped = secret.encode("unicode_escape")
    return [secret.encode(), secret.upper().encode(), secret.lower().encode(), escaped, secret.encode("utf-16-le")]
