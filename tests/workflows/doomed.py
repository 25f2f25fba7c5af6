"""The product's tick in a house with bad days: a file named after a case says what befalls the process that is at it."""

import os
import signal
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from models.case import Case
from models.effect import Effect
from workflows import bulk, flows
from workflows.flows import tick
from workflows.house import House, WorldSettings
from workflows.ledger import Action, Marked

FATES = Path(os.environ.get("SILA_TEST_FATES", os.devnull))
LONG, BRIEF = timedelta(minutes=5), timedelta(seconds=8)
SAMPLES = (tick,)
decide_all, send_all = bulk.decide_all, bulk.send_all


def befall(ref: str, moment: str) -> None:
    """What was foretold of a case for a moment: to die at it, as often as it comes; or to freeze, once."""
    fate = FATES / ref
    said = fate.read_text() if fate.exists() else ""
    if said == f"die {moment}":
        os.kill(os.getpid(), signal.SIGKILL)
    if said == f"freeze {moment}":
        fate.write_text(str(os.getpid()))
        os.kill(os.getpid(), signal.SIGSTOP)


def lease(_: WorldSettings) -> timedelta:
    """Only where somebody freezes does a hold lapse within the patience of a test; who dies is replaced."""
    freezes = any(fate.read_text().startswith("freeze") for fate in FATES.iterdir())
    return BRIEF if freezes else LONG


def decide_doomed(session: Session, cases: Sequence[Case], now: Any) -> Any:
    """As many as are to be decided, read together."""
    for case in cases:
        befall(case.ref, "reading")
    return decide_all(session, cases, now)


def send_doomed(house: House, calls: Sequence[tuple[Action, Marked]], until: Any) -> Any:
    """One call after the other, those of whom something is foretold last."""
    outcomes: dict[Any, Any] = {}
    for ref, call in sorted(((ref_of(house, call), call) for call in calls), key=lambda one: (FATES / one[0]).exists()):
        befall(ref, "calling")
        outcomes[call[1].effect_id] = send_all(house, [call], until)[0]
        befall(ref, "writing")
    return [outcomes[marked.effect_id] for _, marked in calls]


def ref_of(house: House, call: tuple[Action, Marked]) -> str:
    """Whose call it is."""
    with house.database.reading() as session:
        return session.exec(select(Case.ref).join(Effect).where(Effect.id == call[1].effect_id)).one()


if FATES.is_dir():
    bulk.decide_all, bulk.send_all = decide_doomed, send_doomed  # type: ignore[assignment]
    WorldSettings.lease = property(lease)  # type: ignore[assignment, method-assign]
    flows.FEW = 0  # the few that are due are pushed in a batch
