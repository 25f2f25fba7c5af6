"""The effect protocol: intended, sent before the call, then confirmed, rejected or unknown (reliability.md §8).

``unknown`` is only reconciled. A clear no and a proven absence are facts for the stage to decide on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from models.case import Case
from models.effect import Effect, EffectState
from models.event import append
from models.stage import Stage
from workflows.decide import decide_stage
from workflows.facts import Facts
from workflows.gather import gather
from workflows.house import House, World
from workflows.lease import NotOurs, held, lock
from workflows.pathways import rules_of
from workflows.standing import Doing

BY = "sila"


class NotNow(Exception):
    """What was to be sent can no longer be built from the facts: the effect is void, the stage decides anew."""


class Later(Exception):
    """What was to be sent may not leave before an instant: the intent stands, and the try does not count."""

    def __init__(self, until: datetime, code: str) -> None:
        super().__init__(code)
        self.until, self.code = until, code


@dataclass(frozen=True)
class Letter:
    """What goes out: the effect's key and, in memory only, what is to be said."""

    key: str
    body: Any = None


@dataclass(frozen=True)
class Action:
    """How one action is done. ``find`` looks at the partner's end for what a lost call did.

    ``repeats`` is for partners who honour our key: what is provably absent may be sent again under it.
    ``reads`` changes nothing outside, so it may be done as often as one likes.
    """

    name: str
    prepare: Callable[[Session, Case, Effect, Facts], Any]
    send: Callable[[World, Letter], Any]
    record: Callable[[Session, Case, Effect, Letter, Any, datetime], None]
    find: Callable[[World, Letter], Any] | None = None
    disclose: Callable[[Session, Case, Effect, Letter, datetime], None] | None = None
    refuse: Callable[[Session, Case, Effect, str, datetime], None] | None = None
    repeats: bool = False
    reads: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a call ended: the state of its effect, a code where it did not go well, and what the partner answered."""

    state: EffectState
    code: str | None = None
    answer: Any = None


@dataclass(frozen=True)
class Marked:
    """An effect that is marked sent, and what leaves now. ``is_new``: it was never sent before."""

    effect_id: UUID
    letter: Letter
    is_new: bool


def perform(house: House, ref: str, stage: Stage, doing: Doing, action: Action, token: str) -> str:
    """Do one action of one case, outside any transaction. Gives the state the effect ended in.

    Raises NotOurs when another run has taken the case over.
    """
    marked = mark_sent(house, ref, stage, doing, action, token)
    if marked is None:
        return EffectState.VOID.value
    outcome, now = send(house, action, marked), house.clock.now()
    with house.database.unit_of_work() as session:
        return settle(session, lock(session, ref), marked, action, outcome, now)


def send(house: House, action: Action, marked: Marked) -> Outcome:
    """The call itself, or a look at what became of one whose answer we never had. Raises nothing."""
    letter, is_plain = marked.letter, marked.is_new or action.reads
    try:
        answer = action.send(house.world, letter) if is_plain else look(house, action, letter)
    except PartnerUnavailable as error:
        return Outcome(EffectState.INTENDED if is_plain else EffectState.UNKNOWN, error.code)
    except PartnerRefused as error:
        return Outcome(EffectState.REJECTED if is_plain else EffectState.UNKNOWN, error.code)
    except OutcomeUnknown as error:
        return Outcome(EffectState.UNKNOWN, error.code)
    except Exception as error:  # an answer nobody foresaw: the call was made, so its outcome is unknown
        return Outcome(EffectState.UNKNOWN, type(error).__name__)
    if answer is None and not is_plain:
        return Outcome(EffectState.INTENDED if action.repeats else EffectState.UNKNOWN, "not_found")
    return Outcome(EffectState.CONFIRMED, None, answer)


def look(house: House, action: Action, letter: Letter) -> Any:
    """What became of a call whose answer we never had; None when the partner knows nothing of it."""
    if action.find is None:
        raise OutcomeUnknown("partner", action.name, "cannot_be_looked_up")
    return action.find(house.world, letter)


def mark_sent(house: House, ref: str, stage: Stage, doing: Doing, action: Action, token: str) -> Marked | None:
    """Commit ``sent`` in the transaction that checks every gate again; None when the gates say no (S1)."""
    now = house.clock.now()
    with house.database.unit_of_work() as session:
        case = held(session, ref, token, house.world.settings.lease)
        facts = gather(session, case, now)
        effect = find_effect(session, case, doing)
        now_due = decide_stage(facts, stage)
        if not isinstance(now_due, Doing) or now_due.effect != doing.effect or effect is None:
            void(session, case, effect, now)
            return None
        return mark(session, case, effect, facts, action, now)


def mark(session: Session, case: Case, effect: Effect, facts: Facts, action: Action, now: datetime) -> Marked | None:
    """``sent``, with what is disclosed, for an effect that the facts call for now; None when no letter can be made."""
    try:
        letter = Letter(effect.key, action.prepare(session, case, effect, facts))
    except NotNow:
        void(session, case, effect, now)
        return None
    except Later as later:
        effect.next_try_at, effect.code = later.until, later.code
        return None
    except (ValueError, LookupError, TypeError) as error:  # what we hold does not make a letter: a person must see
        puzzled(case, effect, type(error).__name__, now)
        return None
    is_new = effect.state in (EffectState.INTENDED, EffectState.CONFIRMED)
    if is_new and not action.reads:
        if action.disclose:
            action.disclose(session, case, effect, letter, now)
        effect.state, effect.sent_at = EffectState.SENT, now
        append(session, case.ref, "effect.sent", BY, now, action=effect.action, effect=str(effect.id))
    effect.attempts += 1
    case.ver += 1
    return Marked(effect.id, letter, is_new)


def puzzled(case: Case, effect: Effect, code: str, now: datetime) -> None:
    """Nothing was sent. Count the try, so that a letter that can never be written becomes a person's task (F12)."""
    effect.attempts += 1
    effect.code, effect.next_try_at = code, next_try(case, effect, now) or now


def void(session: Session, case: Case, effect: Effect | None, now: datetime) -> None:
    """An intent whose gates have closed is void; what was already sent is never void."""
    if effect is None:
        return
    if effect.state in (EffectState.SENT, EffectState.UNKNOWN):  # look again later, until a person is asked
        effect.attempts += 1
        effect.next_try_at = next_try(case, effect, now) or now
    elif effect.state is EffectState.INTENDED:
        effect.state, effect.settled_at = EffectState.VOID, now
        append(session, case.ref, "effect.void", BY, now, action=effect.action, effect=str(effect.id))


def settle(session: Session, case: Case, marked: Marked, action: Action, outcome: Outcome, now: datetime) -> str:
    """Write down how it ended, with what follows from it, in the transaction that locked the case."""
    effect, state = session.get_one(Effect, marked.effect_id), outcome.state
    is_final = state in (EffectState.CONFIRMED, EffectState.REJECTED)
    if effect.state in (EffectState.CONFIRMED, EffectState.REJECTED) and not (is_final and action.reads):
        return effect.state.value  # somebody else learned it first
    effect.state, effect.code = state, outcome.code
    effect.next_try_at = next_try(case, effect, now)
    if state is EffectState.CONFIRMED:
        effect.attempts = 0
        action.record(session, case, effect, marked.letter, outcome.answer, now)
    elif state is EffectState.REJECTED and action.refuse and outcome.code:
        action.refuse(session, case, effect, outcome.code, now)
    if is_final:
        effect.settled_at, case.stumbles = now, 0
    said = {"action": effect.action, "effect": str(effect.id), "code": outcome.code}
    append(session, case.ref, f"effect.{state.value}", BY, now, **said)
    case.ver += 1
    case.due_at = now
    return state.value


def next_try(case: Case, effect: Effect, now: datetime) -> datetime | None:
    """When to try or look again: longer after each failure, at most twelve times the first wait."""
    if effect.state not in (EffectState.INTENDED, EffectState.UNKNOWN):
        return None
    rules = rules_of(case.pathway, case.pathway_version)
    first = rules.time("lookup" if effect.state is EffectState.UNKNOWN else "retry")
    times: int = min(2 ** max(0, effect.attempts - 1), 12)
    return now + first * times


def find_effect(session: Session, case: Case, doing: Doing) -> Effect | None:
    """The ledger row of what is to be done."""
    return session.exec(
        select(Effect).where(
            Effect.case_id == case.id,
            Effect.action == doing.action,
            Effect.subject == doing.subject,
            Effect.generation == doing.generation,
        )
    ).first()


__all__ = ["Action", "Later", "Letter", "NotNow", "NotOurs", "perform"]
