"""A form that is sent twice is done once: by the token in it, whatever the browser or the finger did."""

import json
import time
from collections.abc import Callable
from typing import Any

from fastapi import Request

from api.deps import Once, digest_of
from api.errors import Problem
from api.pages.visitor import Visitor
from workflows.house import House

TRIES, PAUSE = 30, 0.1  # a second click waits so long for the first


class SentBefore(Exception):
    """This form was sent already, with something else in it."""


def once(
    request: Request, house: House, visitor: Visitor, token: str, body: Any, work: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Do the work, or give what the first sending of the same form gave. Raises SentBefore, or Problem."""
    guard = Once(house, visitor.staff, token, f"POST {request.url.path}")
    for left in range(TRIES, 0, -1):
        try:
            return guard.do(body, work)[0]
        except Problem as problem:
            if problem.code == "key_reused":
                raise SentBefore from None
            if problem.code != "still_running" or left == 1:
                raise
            time.sleep(PAUSE)
    raise AssertionError("the last try answers or raises")


def repeated(request: Request, house: House, visitor: Visitor, token: str, body: Any) -> dict[str, Any] | None:
    """What the first sending of the same form gave, if there was one; a second click waits a moment for the first.

    It is asked before anything else, because the first sending may have ended what tied its writer to the case.
    """
    guard, wanted = Once(house, visitor.staff, token, f"POST {request.url.path}"), digest_of(body)
    for _ in range(TRIES):
        row = guard.find()
        if row is None or (row.door, row.body_sha256) != (guard.door, wanted):
            return None
        if row.status is not None:
            return dict(json.loads(row.answer or "{}"))
        time.sleep(PAUSE)
    return None
