"""Tells how a demo ended: each life, whether anything happened twice, whether the chain holds, what it cost."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from sqlmodel import col, func, select

from models.effect import Effect, EffectState
from models.event import verify
from models.message import Message

if TYPE_CHECKING:
    from api.cli.play import Play

SENT = (EffectState.CONFIRMED, EffectState.REJECTED, EffectState.UNKNOWN, EffectState.ABSENT)
out = Console()


def report(play: "Play", seconds: float) -> bool:
    """Print it all. True when everybody ended as told, nothing happened twice and the chain holds."""
    as_told = outcomes(play)
    twice, early = duplicates(play)
    with play.database.reading() as session:
        events, breaks = verify(session)
        sent = session.exec(
            select(func.count()).select_from(Effect).where(col(Effect.state).in_(SENT), col(Effect.at) >= play.began)
        ).one()
    out.print(f"effects sent: {sent}")
    out.print(f"duplicate effects: {twice}")
    out.print(f"personal data before acceptance: {early}")
    out.print(f"{events} events; the chain {'is broken' if breaks else 'holds'}")
    speed(play, seconds)
    return as_told and not twice and not early and not breaks


def outcomes(play: "Play") -> bool:
    """A table of every life; true when each ended as it should."""
    table, good = Table("case", "story", "ended", "as it should"), True
    for ref, life in play.lives.items():
        outcome = play.http.get(f"/api/cases/{ref}", headers=play.headers("operations")).json()["outcome"]
        good &= outcome == life.ends
        table.add_row(ref, life.story, str(outcome), "yes" if outcome == life.ends else f"no: {life.ends}")
    out.print(table)
    return good


def duplicates(play: "Play") -> tuple[int, int]:
    """What the simulators saw twice, and what a partner learned before it accepted."""
    truth = play.world.truth()
    messages = len(truth.pop("sms")["messages"]) - messages_sent(play)
    twice = sum(len(part["duplicates"]) for part in truth.values()) + max(0, messages)
    return twice, sum(len(part.get("personal_data_before_acceptance", [])) for part in truth.values())


def messages_sent(play: "Play") -> int:
    """How many SMS were written down before they left: each may have gone out once."""
    with play.database.reading() as session:
        counted = select(func.count()).select_from(Message).where(
            Message.channel == "sms", col(Message.sent_at) >= play.began
        )  # fmt: skip
        return session.exec(counted).one()


def speed(play: "Play", seconds: float) -> None:
    """How many runs Prefect completed, how fast, and at what cost in CPU time, by process."""
    legs, used = runs_completed(play), play.stack.cpu_seconds()
    each = ", ".join(f"{name} {cpu:.0f}" for name, cpu in used.items())
    out.print(f"{legs} legs (completed flow runs) in {seconds:.0f} s: {legs / seconds:.1f} legs/s")
    out.print(f"{sum(used.values()) / max(legs, 1):.2f} CPU s a leg; CPU seconds: {each}")


def runs_completed(play: "Play") -> int:
    """How many runs Prefect completed."""
    done = {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
    answer = play.http.post(f"{play.stack.api_url}/flow_runs/count", json=done)
    return int(answer.raise_for_status().json())
