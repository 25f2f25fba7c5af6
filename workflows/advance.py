"""The loop: gather facts, decide, write down what follows, do one thing outside any transaction, and again.

Two runs on one case are harmless: the lease lets one work, the ledger's key lets an effect happen once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.cabinet import note_version
from models.case import Case
from models.stage import MAP, Stage
from workflows import ledger
from workflows.actions import ACTIONS
from workflows.apply import Written, apply, written
from workflows.decide import decide
from workflows.duties import duties
from workflows.facts import Facts
from workflows.gather import gather
from workflows.glance import glance_of
from workflows.house import House
from workflows.lease import NotOurs, at_rest, held, hold, let_go, new_token, take
from workflows.standing import Asking, Doing, Duty, NotNeeded, Standing, Waiting, label, until_of
from workflows.stopped import stumbled

MOST_ROUNDS = 25
MOST_ACTIONS = 12
PAUSE = timedelta(minutes=5)
Standings = dict[Stage, Standing]
Perform = Callable[[Stage, Doing], str]
Work = Callable[[Stage], object]


@dataclass
class Push:
    """One run's work on one case."""

    house: House
    ref: str
    token: str
    runs_on: str = ""

    def look(self) -> dict[Stage, Standing] | None:
        """Decide every stage and write down what follows; None when another run holds the case.

        With nothing left to do the case is let go in the same transaction, so that no word that comes in
        between is lost.
        """
        now = self.house.clock.now()
        if not self.runs_on:
            self.hold()
        with self.house.database.unit_of_work() as session:
            case = take(session, self.ref, self.token, self.house.world.settings.lease)
            if case is None:
                return None
            self.runs_on = case.runs_on
            return conclude(session, case, gather(session, case, now), written(session, case), now)

    def hold(self) -> None:
        """Say who is at the case before it is read: what reads it may not live to say it (F12)."""
        with self.house.database.unit_of_work() as session:
            hold(session, [self.ref], self.token, self.house.world.settings.lease)

    def stand(self, stage: Stage) -> Standing:
        """Where one stage stands now, written down."""
        now = self.house.clock.now()
        with self.house.database.unit_of_work() as session:
            case = held(session, self.ref, self.token)
            facts = gather(session, case, now)
            standings = decide(facts)
            apply(session, case, {stage: standings[stage]}, duties(facts), now)
            return standings[stage]

    def work(self, stage: Stage, perform: Perform | None = None, known: Standing | None = None) -> Standing:
        """Carry one stage as far as it goes now, each action through ``perform``. Gives where it stands then.

        ``known``: where it stands, when that was decided just now.
        """
        do, before = perform or self.perform, None
        for _ in range(MOST_ACTIONS):
            standing, known = known or self.stand(stage), None
            if not isinstance(standing, Doing) or standing == before:
                break
            do(stage, standing)
            before = standing
        return standing

    def carry(self, busy: dict[Stage, Doing], work: Work | None) -> None:
        """What must happen now, by stage: through ``work``, or one action each. Only the first was decided just now."""
        for number, (stage, doing) in enumerate(busy.items()):
            if work:
                work(stage)
                continue
            standing = doing if number == 0 else self.stand(stage)
            if isinstance(standing, Doing):
                self.perform(stage, standing)

    def perform(self, stage: Stage, doing: Doing) -> str:
        """One action, through the ledger."""
        return ledger.perform(self.house, self.ref, stage, doing, ACTIONS[doing.action], self.token)

    def give_back(self) -> None:
        """Let a case go that does not come to rest; the clock brings it back after a pause, not at once."""
        with self.house.database.unit_of_work() as session:
            try:
                case = held(session, self.ref, self.token)
            except NotOurs:
                return
            case.due_at = self.house.clock.now() + PAUSE
            let_go(case)


def conclude(session: Session, case: Case, facts: Facts, before: Written, now: datetime) -> Standings:
    """Decide every stage of a held case, write down what follows, and let go of it when nothing is to be done."""
    standings, beside = decide(facts), duties(facts)
    remind_at = apply(session, case, standings, beside, now, before).remind_at
    case.due_at = now if doing(standings) else next_due(case, standings, beside, now, remind_at)
    note_version(session, case, None if doing(standings) else glance_of(facts, beside, case.due_at))
    if not doing(standings):
        at_rest(case)
    return standings


def next_due(
    case: Case,
    standings: dict[Stage, Standing],
    beside: Iterable[Duty],
    now: datetime,
    remind_at: datetime | None = None,
) -> datetime | None:
    """The first instant at which something changes by itself; None for a closed case."""
    if case.closed_at is not None:
        return None
    ends = [until for standing in standings.values() if (until := until_of(standing)) and until > now]
    ends += [duty.asking.until if duty.is_open(now) else duty.opens_at for duty in beside]
    ends += [remind_at] if remind_at else []
    return min((end for end in ends if end > now), default=None)


def advance(house: House, ref: str, work: Work | None = None) -> dict[Stage, Standing] | None:
    """Push one case as far as it can go now. None when another run is already at it."""
    push, before = Push(house, ref, new_token()), None
    try:
        for _ in range(MOST_ROUNDS):
            standings = push.look()
            if standings is None:
                return None
            busy = doing(standings)
            if not busy:
                return standings
            if busy == before:
                break  # the same again, and nothing came of it: an outside service must not be hammered
            push.carry(busy, work)
            before = busy
    except NotOurs:
        return None
    except Exception as error:
        stumbled(house, ref, push.token, error)
        raise
    push.give_back()
    return standings


def doing(standings: dict[Stage, Standing]) -> dict[Stage, Doing]:
    """What must happen now, in the order of the map."""
    return {stage: standing for stage in MAP if isinstance(standing := standings[stage], Doing)}


def awaited(standings: dict[Stage, Standing]) -> str:
    """What a case waits for, as a Prefect state name: people first, then others, then dates."""
    order = (Doing, Asking, Waiting)
    for kind in order:
        for stage in MAP:
            if isinstance(standings[stage], kind):
                return label(standings[stage])
    return "Done" if not all(isinstance(s, NotNeeded) for s in standings.values()) else "Closed"
