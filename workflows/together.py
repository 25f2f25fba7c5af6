"""What one transaction does for many cases: decides them, marks what leaves, writes down how it ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.case import Case
from models.effect import Effect, EffectState
from models.stage import Stage
from models.warming import warm
from workflows.actions import ACTIONS
from workflows.advance import Standings, conclude
from workflows.apply import Written, written
from workflows.facts import Facts
from workflows.gather import gather
from workflows.gather.reader import together
from workflows.lease import is_held, lock_many
from workflows.ledger import Action, Marked, Outcome, mark, settle
from workflows.sending import NOT_SENT
from workflows.standing import Doing


@dataclass(frozen=True)
class Decided:
    """A case that was decided in this transaction, and the facts it was decided on."""

    case: Case
    facts: Facts
    standings: Standings


@dataclass(frozen=True)
class Going:
    """One action of one case that is marked sent, and how its call ended."""

    ref: str
    action: Action
    marked: Marked
    outcome: Outcome | None = None


def decide_all(session: Session, cases: Sequence[Case], now: datetime) -> list[Decided]:
    """Decide every stage of cases that are held. All are read before anything is written."""
    with together(session):
        read = [read_one(session, case, now) for case in cases[:1]]  # what is read of one is read of the others at once
        if len(cases) > 1:
            warm(session, cases[1:])
        read += [read_one(session, case, now) for case in cases[1:]]
    return [Decided(case, facts, conclude(session, case, facts, before, now)) for case, facts, before in read]


def read_one(session: Session, case: Case, now: datetime) -> tuple[Case, Facts, Written]:
    """Everything about one case."""
    return case, gather(session, case, now), written(session, case)


def mark_all(session: Session, chosen: Sequence[tuple[Decided, Stage, Doing]], now: datetime) -> list[Going]:
    """Mark one action of each case sent, in the transaction that has just decided that it is due (S1)."""
    session.flush()
    ids, names = [one.case.id for one, *_ in chosen], {doing.action for *_, doing in chosen}
    query = select(Effect).where(col(Effect.case_id).in_(ids), col(Effect.action).in_(names))
    rows = session.exec(query).all() if chosen else ()
    effects = {(row.case_id, row.action, row.subject, row.generation): row for row in rows}
    going = []
    for one, _, doing in chosen:
        effect, action = effects[one.case.id, *doing.effect], ACTIONS[doing.action]
        if marked := mark(session, one.case, effect, one.facts, action, now):
            going.append(Going(one.case.ref, action, marked))
    return going


def settle_all(session: Session, ended: Iterable[Going], token: str, now: datetime) -> None:
    """Write down how each call ended, with what follows from it."""
    ended = list(ended)
    cases = lock_many(session, [one.ref for one in ended])
    ids = [one.marked.effect_id for one in ended]
    known = session.exec(select(Effect).where(col(Effect.id).in_(ids))).all()  # noqa: F841 - a session forgets what nobody holds
    for one in ended:
        assert one.outcome is not None
        if one.outcome is NOT_SENT:
            take_back(session, cases[one.ref], one, token)
        else:
            settle(session, cases[one.ref], one.marked, one.action, one.outcome, now)


def take_back(session: Session, case: Case, one: Going, token: str) -> None:
    """A call that was never made is due again, unless another run is at the case by now and looks for it."""
    effect = session.get_one(Effect, one.marked.effect_id)
    if is_held(case, token) and one.marked.is_new and effect.state is EffectState.SENT:
        effect.state, effect.sent_at, effect.attempts = EffectState.INTENDED, None, effect.attempts - 1
