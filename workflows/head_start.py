"""Work that a flow may find begun when its run starts: it need not wait until Prefect has written that down."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Work(Protocol):
    """What goes on beside a flow."""

    def get_ahead(self) -> None:
        """Wait until it has done what is urgent, but not for long."""

    def stop(self) -> None:
        """Begin nothing more."""

    def join(self) -> None:
        """Wait for its end."""


WORK: ContextVar[Work | None] = ContextVar("work", default=None)
BEGINS: dict[Callable[..., Any], Callable[..., Work]] = {}


def begins(begin: Callable[..., Work]) -> Callable[[F], F]:
    """For a flow whose work may begin when its run is claimed. ``begin`` takes the flow's parameters."""

    def mark(function: F) -> F:
        BEGINS[function] = begin
        return function

    return mark


@contextmanager
def begun(function: Callable[..., Any], parameters: dict[str, Any]) -> Iterator[None]:
    """The work of a flow, if it has any: it is in ``WORK``, and has ended when this does."""
    if (begin := BEGINS.get(function)) is None:
        yield
        return
    work = begin(**parameters)
    before = WORK.set(work)
    try:
        work.get_ahead()
        yield
    except Exception:  # what Prefect shows of it could not be shown; the case is no worse for that
        raise
    except BaseException:  # the run is cancelled, or the server does not want it to go on
        work.stop()
        raise
    finally:
        WORK.reset(before)
        work.join()
