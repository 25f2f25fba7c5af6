"""One flow run in a thread of this process: its settings, its flow, and how it left."""

import asyncio
import contextlib
import contextvars
import inspect
import logging
import threading
from collections.abc import Callable, Coroutine
from copy import copy
from typing import Any

from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import Abort, Pause, TerminationSignal
from prefect.flow_engine import run_flow
from prefect.flows import Flow, load_flow_from_entrypoint
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from workflows.head_start import begun

Wait = Callable[[Coroutine[Any, Any, Any]], Any]
ENDED, BROKEN, REFUSED, TERMINATED = 0, 1, 2, -15
log = logging.getLogger("sila.worker")
_flows: dict[str, Flow[..., Any]] = {}
_loading = threading.Lock()


def lean_context() -> contextvars.Context:
    """Prefect's settings for a run, worked out once: it takes as long as the rest of a short run.

    Without the heartbeat, which costs a thread and an event; ``sweep_orphans`` notices a lost worker instead.
    """
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        return contextvars.copy_context()


def in_own_thread(work: Callable[[], int], name: str) -> "asyncio.Future[int]":
    """Start ``work`` in a new thread that does not keep the process alive; the future holds its result."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def report(code: int) -> None:
        if not ended.done():
            ended.set_result(code)

    def target() -> None:
        code = work()
        with contextlib.suppress(RuntimeError):  # the loop is closed: the worker's patience ran out
            loop.call_soon_threadsafe(report, code)

    threading.Thread(target=target, name=name, daemon=True).start()
    return ended


def carry_out(entrypoint: str, flow_run: FlowRun, wait: Wait = asyncio.run) -> int:
    """Run the flow. What it raised is in its state already; nothing may reach the worker.

    ``wait`` runs what is asynchronous of it to its end.
    """
    # Without its deployment the engine opens no websocket and thread that would wait for a pause from outside;
    # it reads the whole run again before the flow begins.
    plain = flow_run.model_copy(update={"deployment_id": None})
    try:
        flow = flow_of(entrypoint)
        with begun(flow.fn, flow_run.parameters):
            outcome = run_flow(named(flow, flow_run), flow_run=plain, return_type="state")
            if inspect.iscoroutine(outcome):
                wait(outcome)
    except (Abort, Pause):
        return REFUSED  # the server does not want it to run, or to go on
    except TerminationSignal:
        return TERMINATED
    except BaseException as error:  # SystemExit from a flow must not end the worker either
        log.warning("a run did not come to its end: %s", type(error).__name__)
        return BROKEN
    return ENDED


def flow_of(entrypoint: str) -> Flow[..., Any]:
    """A flow, imported once (``package.module.flow`` or ``package.module:flow``)."""
    with _loading:  # Prefect's importer is not thread-safe
        if entrypoint not in _flows:
            _flows[entrypoint] = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
        return _flows[entrypoint]


def named(flow: Flow[..., Any], flow_run: FlowRun) -> Flow[..., Any]:
    """The flow without its naming, when whoever asked for the run has named it so already: saves a call."""
    pattern = flow.flow_run_name
    if isinstance(pattern, str) and pattern.format(**flow_run.parameters) == flow_run.name:
        flow = copy(flow)
        flow.flow_run_name = None
    return flow
