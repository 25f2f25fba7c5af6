"""The common case in absurd: a task of steps that suspends at each ``await_event``; signals are emitted as events.

Tuned: tasks claimed ten at a time and a poll every 10 ms, the claim as short as ten tasks safely need. PostgreSQL only.
"""

import os
import threading
import time
from typing import Any

import psycopg
from absurd_sdk import Absurd
from absurdctl import BUNDLED_SCHEMA_SQL

from tests.bench.common.task import AT_ONCE, SIGNALS, STAGES, Asked, Watch, asked, tell

QUEUE = "common"
CLAIM_SECONDS, CLAIM_AT_ONCE, POLL = 3, 10, 0.01
COUNT = f"SELECT count(*) FILTER (WHERE state <> 'completed'), count(*) FROM absurd.t_{QUEUE}"
WAITS = f"SELECT event_name FROM absurd.w_{QUEUE}"


class Cases:
    """The cases that this process knows: which waits for which signal, and how many have come to their end."""

    def __init__(self, said: Asked) -> None:
        self.said, self.waiting, self.ended = said, dict[str, int](), set[str]()

    def live(self, params: Any, context: Any) -> None:
        """Five stages; after each of the first three somebody outside says a word."""
        case = params["case"]
        for stage in range(1, STAGES + 1):
            for number in (1, 2):
                name = f"{stage}.{number}"
                context.step(name, lambda name=name: self.said.truth.do(case, name))
            if stage <= SIGNALS:
                self.waiting[case] = stage
                context.await_event(event_of(case, stage))
                self.waiting.pop(case, None)
        self.ended.add(case)


def event_of(case: str, stage: int) -> str:
    """What a signal is called."""
    return f"{case}:{stage}"


def prepared(said: Asked) -> str:
    """The address of a database that has absurd's schema and the queue."""
    url = said.database.replace("+psycopg", "")
    if said.mode != "resume":
        with psycopg.connect(url, autocommit=True) as link:
            link.execute(BUNDLED_SCHEMA_SQL)
        client = Absurd(url, queue_name=QUEUE)
        client.create_queue()
        client.close()
    return url


def worker(url: str, cases: Cases) -> threading.Thread:
    """One worker in a thread, on a connection of its own."""
    client = Absurd(url, queue_name=QUEUE)
    client.register_task("case")(cases.live)
    asks = {"claim_timeout": CLAIM_SECONDS, "batch_size": CLAIM_AT_ONCE, "poll_interval": POLL}
    thread = threading.Thread(target=client.start_worker, kwargs=asks, daemon=True)
    thread.start()
    return thread


def counted(link: Any) -> tuple[int, int]:
    """How many have not ended, and how many there are."""
    left, known = link.execute(COUNT).fetchone()
    return int(left), int(known)


def signal_all(client: Absurd, cases: Cases, watch: Watch) -> None:
    """A word for every case that waits for one."""
    for case, stage in list(cases.waiting.items()):
        if cases.waiting.pop(case, None) is not None:
            watch.signal(case, stage)
            client.emit_event(event_of(case, stage), {})


def main() -> None:
    """Do what was asked for."""
    said = asked()
    url, cases = prepared(said), Cases(said)
    client, link = Absurd(url, queue_name=QUEUE), psycopg.connect(url, autocommit=True)
    watch, (left, opened) = Watch(said), counted(link)
    if said.mode == "resume":
        cases.waiting = {
            case: int(stage) for (name,) in link.execute(WAITS) for case, _, stage in [name.partition(":")]
        }
    worker(url, cases)
    before = opened - left
    while True:
        while opened < said.cases and (opened - before - len(cases.ended) < AT_ONCE or said.mode == "wait"):
            client.spawn("case", {"case": f"c{opened}"}, queue=QUEUE)
            opened += 1
        if said.mode == "wait" and len(cases.waiting) >= said.cases:
            break
        if said.mode != "wait":
            signal_all(client, cases, watch)
            if opened >= said.cases and len(cases.ended) >= said.cases - before and not counted(link)[0]:
                break
        time.sleep(POLL)
    tell(watch.took(said.cases))
    os._exit(0)


if __name__ == "__main__":
    main()
