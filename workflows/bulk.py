"""Many cases at a time: the loop of ``advance``, with one transaction for all of them where it has one for each.

A round looks at every case and marks at most one action of each as sent; then the calls leave, outside of any
transaction; then all outcomes are written together. What goes wrong with one case undoes the transaction of all:
they are then pushed one by one, so that it stops alone.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.clock import wall
from models.stage import Stage
from workflows.advance import PAUSE, Standings, doing
from workflows.house import House
from workflows.lease import hold, is_held, let_go, lock_many, new_token, shaky, take_many
from workflows.sending import send_all
from workflows.standing import Doing
from workflows.stopped import stumbled
from workflows.together import Decided, Going, decide_all, mark_all, settle_all

log = logging.getLogger("sila.worker")
MOST_ROUNDS = 60
CASES_AT_ONCE = 25  # the others wait while they are decided together: see BENCHMARKS.md


@dataclass
class Pushed:
    """What became of cases: where each stands, those that another run holds, and those that went wrong, by kind."""

    stand: dict[str, Standings] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Pushed") -> None:
        """Some more cases."""
        self.stand |= other.stand
        self.busy |= other.busy
        self.failed |= other.failed


def push_many(house: House, refs: Sequence[str], at_once: int = CASES_AT_ONCE) -> Pushed:
    """Push each case as far as it can go now, so many at a time."""
    pushed = Pushed()
    for some in batches(refs, at_once):
        pushed.add(push_some(house, some))
    return pushed


def batches(refs: Sequence[str], at_once: int = CASES_AT_ONCE) -> Iterator[list[str]]:
    """So many at a time, in their order."""
    for start in range(0, len(refs), at_once):
        yield list(refs[start : start + at_once])


def push_some(house: House, refs: Sequence[str]) -> Pushed:
    """Together; one by one when one of them spoils it for the others, and those that crashed before (F12)."""
    bulk = Bulk(house)
    with house.database.reading() as session:
        alone = shaky(session, refs)
    try:
        if calm := [ref for ref in refs if ref not in alone]:
            bulk.run(calm)
    except Exception as error:  # whose it was shows when each is pushed alone
        log.warning("a batch was undone: %s", type(error).__name__)
        bulk.pushed.busy.clear()
        alone = set(refs)
    for ref in refs:
        if ref in alone:
            push_one(bulk, ref)
    return bulk.pushed


def push_one(bulk: "Bulk", ref: str) -> None:
    """One case of a batch that went wrong, under the same hold."""
    try:
        Bulk(bulk.house, bulk.token, bulk.pushed, bulk.tried).run([ref])
    except Exception as error:
        bulk.pushed.failed[ref] = type(error).__name__
        stumbled(bulk.house, ref, bulk.token, error)


@dataclass
class Bulk:
    """One run's work on many cases."""

    house: House
    token: str = field(default_factory=new_token)
    pushed: Pushed = field(default_factory=Pushed)
    tried: set[tuple[str, Stage, Doing]] = field(default_factory=set)

    def run(self, refs: Iterable[str]) -> Pushed:
        """Round after round until no case has anything left to do. Raises what goes wrong with any of them."""
        live: Collection[str] = list(dict.fromkeys(refs))
        self.hold(live)
        for _ in range(MOST_ROUNDS):
            going, live, until = self.look(live)
            if not live:
                return self.pushed
            self.settle(going, until)
            live = [ref for ref in live if ref not in self.pushed.failed]
        self.give_back(live)
        return self.pushed

    def hold(self, refs: Iterable[str]) -> None:
        """Say who is at the cases before any is read: what reads them may not live to say it (F12)."""
        with self.house.database.unit_of_work() as session:
            hold(session, refs, self.token, self.house.world.settings.lease)

    def look(self, refs: Collection[str]) -> tuple[list[Going], list[str], datetime]:
        """Decide cases and mark what leaves. Gives that, the cases to look at again, and how long they are held."""
        now, lease = self.house.clock.now(), self.house.world.settings.lease
        with self.house.database.unit_of_work() as session:
            until = wall() + lease
            decided = decide_all(session, take_many(session, refs, self.token, lease), now)
            chosen = [(one, *step) for one in decided if (step := self.next_of(one))]
            self.pause([one for one in decided if doing(one.standings) and not self.next_of(one)], now)
            going = mark_all(session, chosen, now)
        self.tried |= {(one.case.ref, stage, step) for one, stage, step in chosen}
        self.pushed.stand |= {one.case.ref: one.standings for one in decided}
        self.pushed.busy |= set(refs) - {one.case.ref for one in decided}
        return going, [one.case.ref for one, *_ in chosen], until

    def next_of(self, one: Decided) -> tuple[Stage, Doing] | None:
        """The first thing that must happen now. The same again, and nothing came of it: nobody must be hammered."""
        steps = doing(one.standings).items()
        return next((step for step in steps if (one.case.ref, *step) not in self.tried), None)

    def pause(self, stuck: Iterable[Decided], now: datetime) -> None:
        """The clock brings them back after a pause, not at once."""
        for one in stuck:
            one.case.due_at = now + PAUSE
            let_go(one.case)

    def settle(self, going: Sequence[Going], until: datetime) -> None:
        """Make the calls, and write down how they ended: together, or one by one where that goes wrong."""
        if not going:
            return
        outcomes = send_all(self.house, [(one.action, one.marked) for one in going], until)
        ended = [replace(one, outcome=outcome) for one, outcome in zip(going, outcomes, strict=True)]
        try:
            self.write(ended)
        except Exception as error:
            if len(ended) == 1:
                raise
            log.warning("outcomes of a batch are written one by one: %s", type(error).__name__)
            self.write_apart(ended)

    def write_apart(self, ended: Iterable[Going]) -> None:
        """Each in a transaction of its own. One whose outcome cannot be written stays sent, and is looked for later."""
        for one in ended:
            try:
                self.write([one])
            except Exception as error:
                self.pushed.failed[one.ref] = type(error).__name__

    def write(self, ended: Sequence[Going]) -> None:
        """One transaction."""
        now = self.house.clock.now()
        with self.house.database.unit_of_work() as session:
            settle_all(session, ended, self.token, now)

    def give_back(self, refs: Collection[str]) -> None:
        """Let cases go that do not come to rest."""
        now = self.house.clock.now()
        with self.house.database.unit_of_work() as session:
            for case in lock_many(session, refs).values():
                if is_held(case, self.token):
                    case.due_at = now + PAUSE
                    let_go(case)
