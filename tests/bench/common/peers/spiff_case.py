"""The common case in SpiffWorkflow: a BPMN process of script tasks and manual tasks, its state saved after each step.

SpiffWorkflow brings no storage of its own. The state is what its serializer gives, one row a case, committed after
each activity and each signal: ``sqlite:///…`` (WAL, synchronous=FULL) or ``postgresql://…``.
"""

import sqlite3
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from tests.bench.common.task import AT_ONCE, SIGNALS, STAGES, Watch, asked, tell

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def steps() -> list[tuple[str, str]]:
    """The elements of the process in their order: kind and id."""
    found: list[tuple[str, str]] = [("startEvent", "start")]
    for stage in range(1, STAGES + 1):
        found += [("scriptTask", f"a{stage}_1"), ("scriptTask", f"a{stage}_2")]
        found += [("manualTask", f"wait{stage}")] if stage <= SIGNALS else []
    return [*found, ("endEvent", "end")]


def model() -> str:
    """The process as BPMN."""
    found, lines = steps(), []
    for kind, name in found:
        script = (
            f"<script>done = activity('{name[1:].replace('_', '.')}', case)</script>" if kind == "scriptTask" else ""
        )
        lines.append(f'<{kind} id="{name}">{script}</{kind}>')
    for number, ((_, one), (_, other)) in enumerate(pairwise(found)):
        lines.append(f'<sequenceFlow id="f{number}" sourceRef="{one}" targetRef="{other}"/>')
    return (
        f'<definitions xmlns="{BPMN}"><process id="case" isExecutable="true">{"".join(lines)}</process></definitions>'
    )


class Store:
    """One row a case."""

    def __init__(self, url: str) -> None:
        if url.startswith("sqlite"):
            self.link: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self.link.execute("PRAGMA journal_mode=WAL")
            self.link.execute("PRAGMA synchronous=FULL")
            self.mark = "?"
        else:
            self.link, self.mark = psycopg.connect(url, autocommit=True), "%s"
        self.link.execute("CREATE TABLE IF NOT EXISTS cases (id TEXT PRIMARY KEY, state TEXT, done INTEGER)")

    def save(self, case: str, state: str, done: bool) -> None:
        """Committed when this returns."""
        said = "INSERT INTO cases VALUES ({0}, {0}, {0}) ON CONFLICT (id) DO UPDATE SET state = excluded.state, "
        self.link.execute((said + "done = excluded.done").format(self.mark), (case, state, int(done)))

    def left(self) -> dict[str, str]:
        """Cases that have not ended, with their state."""
        return dict(self.link.execute("SELECT id, state FROM cases WHERE done = 0").fetchall())

    def known(self) -> int:
        """How many there are."""
        return int(self.link.execute("SELECT count(*) FROM cases").fetchone()[0])


def main() -> None:
    """Do what was asked for."""
    said = asked()
    engine = PythonScriptEngine(TaskDataEnvironment({"activity": lambda activity, case: said.truth.do(case, activity)}))
    serializer, store = BpmnWorkflowSerializer(), Store(said.database)
    parser = BpmnParser()
    with tempfile.NamedTemporaryFile("w", suffix=".bpmn") as file:
        file.write(model())
        file.flush()
        parser.add_bpmn_file(str(Path(file.name)))
    spec, watch = parser.get_spec("case"), Watch(said)

    def keep(case: str, flow: BpmnWorkflow) -> None:
        store.save(case, serializer.serialize_json(flow), flow.is_completed())

    def go_on(case: str, flow: BpmnWorkflow) -> None:
        """Every step that waits for nobody, saved one by one."""
        while ready := flow.get_next_task(state=TaskState.READY, manual=False):
            is_activity = ready.task_spec.bpmn_id and ready.task_spec.bpmn_id.startswith("a")
            ready.run()
            if is_activity or flow.is_completed():
                keep(case, flow)

    live: dict[str, BpmnWorkflow] = {}
    for case, state in store.left().items():
        flow = serializer.deserialize_json(state)
        flow.script_engine = engine
        live[case] = flow
        go_on(case, flow)
    opened = store.known()
    while opened < said.cases or live:
        while opened < said.cases and (len(live) < AT_ONCE or said.mode == "wait"):
            case, flow = f"c{opened}", BpmnWorkflow(spec, script_engine=engine)
            flow.task_tree.data["case"] = case
            opened += 1
            keep(case, flow)
            live[case] = flow
            go_on(case, flow)
        if said.mode == "wait":
            live.clear()
            break
        for case, flow in list(live.items()):
            waits = flow.get_next_task(state=TaskState.READY, manual=True)
            if waits is not None:
                watch.signal(case, int(waits.task_spec.bpmn_id[-1]))
                waits.run()
                keep(case, flow)
                go_on(case, flow)
            if flow.is_completed():
                del live[case]
    tell(watch.took(said.cases))


if __name__ == "__main__":
    main()
