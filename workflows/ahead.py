"""A push in a thread of its own, ahead of its picture in Prefect: an effect waits for none of Prefect's calls.

The push begins when its run is claimed. It notes each stage and each action; the flow reads the notes and shows them
as subflows and tasks (``workflows/flows.py``). Where nobody began a push before its flow, the flow does: the same work,
the same picture, some calls later.
"""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from queue import SimpleQueue
from typing import Any

from models.stage import Stage
from workflows import ledger
from workflows.actions import ACTIONS
from workflows.advance import MOST_ROUNDS, Push, awaited, doing
from workflows.house import House, World
from workflows.lease import NotOurs, new_token
from workflows.ledger import Letter
from workflows.standing import Doing, label
from workflows.trouble import Trouble, pushing, quietly

LEAD_SECONDS = 0.5  # how long the picture waits for the first effect to be on its way


@dataclass
class Step:
    """One action, and the state its effect ended in."""

    action: str
    ended: "Future[str]" = field(default_factory=Future)


@dataclass
class Chapter:
    """What was done in one stage, and where it stands then. The end of its steps is None."""

    stage: Stage
    runs_on: str
    steps: "SimpleQueue[Step | None]" = field(default_factory=SimpleQueue)
    ended: "Future[str]" = field(default_factory=Future)


class Ahead:
    """One push under way."""

    def __init__(self, house: Callable[[], House], ref: str) -> None:
        self.ref, self.ended = ref, Future[str]()
        self.chapter: Chapter | None = None  # the one that is being shown
        self.step: Step | None = None
        self._house = house
        self._chapters: SimpleQueue[Chapter | None] = SimpleQueue()
        self._is_ahead, self._is_to_stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"push {ref}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; what is under way is done."""
        self._is_to_stop.set()

    def join(self) -> None:
        """Wait for its end."""
        self._thread.join()

    def get_ahead(self) -> None:
        """Wait until its first letter leaves, or nothing leaves, but not for long."""
        self._is_ahead.wait(LEAD_SECONDS)

    def chapters(self) -> Iterator[Chapter]:
        """The stages that it carries, as it comes to them."""
        while chapter := self._chapters.get():
            self.chapter = chapter
            yield chapter
        self._chapters.put(None)  # who looks again sees the end again

    def steps(self) -> Iterator[Step]:
        """The actions of the stage that is being shown, as it comes to them."""
        assert self.chapter is not None
        while step := self.chapter.steps.get():
            self.step = step
            yield step

    def result(self, action: str) -> str:
        """The state the effect of the action ended in that is being shown. Raises Trouble."""
        assert self.step is not None
        assert self.step.action == action
        return self.step.ended.result()

    def stands(self) -> str:
        """Where the stage stands that is being shown, when it was carried. Raises Trouble."""
        assert self.chapter is not None
        return self.chapter.ended.result()

    def awaits(self) -> str:
        """What the case waits for when all is done. Raises Trouble."""
        return self.ended.result()

    def _live(self) -> None:
        end_with(self.ended, "return-case", self._push)
        self._is_ahead.set()
        self._chapters.put(None)

    def _push(self) -> str:
        return self._to_rest(Push(quietly("house", self._house), self.ref, new_token()))

    def _to_rest(self, push: Push) -> str:
        """Stage by stage until nothing is left to do now. Gives what is awaited."""
        before = None
        for _ in range(MOST_ROUNDS):
            standings = pushing(push, "return-case", push.look)
            if standings is None:
                return "Already moving"
            busy = doing(standings)
            if not busy:
                return awaited(standings)
            if busy == before or self._is_to_stop.is_set():
                break
            for number, stage in enumerate(busy):
                self._carry(push, stage, None if number else busy[stage])
            before = busy
        quietly("return-case", push.give_back)
        return "Still moving"

    def _carry(self, push: Push, stage: Stage, known: Doing | None) -> None:
        """One stage. What it raises shows in its subflow; the other stages go on."""
        chapter = Chapter(stage, push.runs_on)
        self._chapters.put(chapter)

        def do(stage: Stage, doing: Doing) -> str:
            if self._is_to_stop.is_set():
                raise NotOurs(self.ref)
            chapter.steps.put(step := Step(doing.action))
            return done(step.ended, doing.action, lambda: self._perform(push, stage, doing))

        carried = partial(pushing, push, stage.value, partial(push.work, stage, do, known))
        end_with(chapter.ended, stage.value, lambda: label(carried()))
        chapter.steps.put(None)

    def _perform(self, push: Push, stage: Stage, doing: Doing) -> str:
        """One action, through the ledger, which looks again whether and why."""
        action = ACTIONS[doing.action]

        def send(world: World, letter: Letter) -> Any:
            self._is_ahead.set()
            return action.send(world, letter)

        return ledger.perform(push.house, push.ref, stage, doing, replace(action, send=send), push.token)


def end_with(ended: "Future[str]", where: str, work: Callable[[], str]) -> None:
    """Do the work and keep how it ended: who shows it must not wait for ever."""
    try:
        ended.set_result(work())
    except Trouble as trouble:
        ended.set_exception(trouble)
    except BaseException as error:
        ended.set_exception(Trouble(f"{where}: {type(error).__name__}"))


def done(ended: "Future[str]", where: str, work: Callable[[], str]) -> str:
    """Do the work, keep how it ended, and let who does it see what it raised."""
    try:
        result = work()
    except BaseException as error:
        ended.set_exception(Trouble(f"{where}: {type(error).__name__}"))
        raise
    ended.set_result(result)
    return result
