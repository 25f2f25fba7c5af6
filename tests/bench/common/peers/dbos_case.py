"""The common case in DBOS: a workflow of steps and ``recv``; signals are sent with ``DBOS.send``.

Tuned: SQLite in WAL with synchronous=FULL and a poll every 10 ms; PostgreSQL with LISTEN/NOTIFY as it comes.
"""

import os
import time
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSConfig, SetWorkflowID

from tests.bench.common.task import AT_ONCE, SIGNALS, STAGES, Asked, Watch, asked, tell

SAID: list[Asked] = [asked()]
WAITING: dict[str, int] = {}


@DBOS.step()
def activity(case: str, name: str) -> str:
    """One recorded activity."""
    return SAID[0].truth.do(case, name)


@DBOS.workflow()
def common(case: str) -> None:
    """Five stages; after each of the first three somebody outside says a word."""
    for stage in range(1, STAGES + 1):
        for number in (1, 2):
            activity(case, f"{stage}.{number}")
        if stage <= SIGNALS:
            WAITING[case] = stage
            DBOS.recv(f"signal{stage}", timeout_seconds=3600)


def engine_of(url: str) -> sa.Engine:
    """An engine with what DBOS is given here."""
    engine = sa.create_engine(url, pool_size=20, max_overflow=20)
    if url.startswith("sqlite"):

        @sa.event.listens_for(engine, "connect")
        def prepare(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA busy_timeout=30000")

    return engine


def signal_all(watch: Watch) -> None:
    """A word for every case that waits for one."""
    for case in list(WAITING):
        if stage := WAITING.pop(case, 0):  # what it waits for now, which may be more than a moment ago
            watch.signal(case, stage)
            DBOS.send(case, "go", topic=f"signal{stage}")


def main() -> None:
    """Do what was asked for."""
    said = SAID[0]
    config: DBOSConfig = {
        "name": "common", "system_database_url": said.database, "log_level": "ERROR",
        "system_database_engine": engine_of(said.database), "executor_id": "bench", "application_version": "1",
        "notification_listener_polling_interval_sec": 0.01, "max_executor_threads": AT_ONCE + max(AT_ONCE, said.cases),
    }  # fmt: skip
    DBOS(config=config)
    DBOS.launch()
    watch, opened, flows = Watch(said), 0, {}
    if said.mode == "resume":
        rows = DBOS.list_workflows()
        opened = len(rows)
        flows = {row.workflow_id: DBOS.retrieve_workflow(row.workflow_id) for row in rows if row.status != "SUCCESS"}
    while opened < said.cases or flows:
        while opened < said.cases and (len(flows) < AT_ONCE or said.mode == "wait"):
            case, opened = f"c{opened}", opened + 1
            with SetWorkflowID(case):
                flows[case] = DBOS.start_workflow(common, case)
        if said.mode == "wait" and len(WAITING) >= said.cases:
            break
        if said.mode != "wait":
            signal_all(watch)
        ended = {row.workflow_id for row in DBOS.list_workflows(workflow_ids=list(flows), status=["SUCCESS", "ERROR"])}
        flows = {case: flow for case, flow in flows.items() if case not in ended}
        time.sleep(0.02)
    tell(watch.took(said.cases))
    os._exit(0)  # its threads wait on


if __name__ == "__main__":
    main()
