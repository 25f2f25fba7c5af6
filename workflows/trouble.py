"""What a run may say of an error: where it was and of which kind, never what was in it (S13)."""

from collections.abc import Callable
from typing import TypeVar

from workflows.advance import Push
from workflows.lease import NotOurs
from workflows.stopped import stumbled

T = TypeVar("T")


class Trouble(RuntimeError):
    """A run failed. It says where and of which kind, never what was in it."""


def quietly(where: str, work: Callable[[], T]) -> T:
    """Run; whatever is raised becomes a code before Prefect can see its text."""
    try:
        return work()
    except Exception as error:
        raise Trouble(f"{where}: {type(error).__name__}") from None


def pushing(push: Push, where: str, work: Callable[[], T]) -> T:
    """The same for a push of a case: what nobody foresaw is counted (F12)."""

    def counted() -> T:
        try:
            return work()
        except NotOurs:
            raise
        except Exception as error:
            stumbled(push.house, push.ref, push.token, error)
            raise

    return quietly(where, counted)
