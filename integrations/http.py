"""The one place that knows httpx: a partner's HTTP door, with errors sorted by what to do next.

Reading may always be tried again. A change may have happened although no answer came back, so
everything that is not a clear yes or a clear no is ``OutcomeUnknown`` (reliability.md §8).
"""

import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import httpx

from integrations.errors import OutcomeUnknown, PartnerRefused, PartnerUnavailable
from integrations.tls import trusted

MAX_ANSWER_BYTES = 2_000_000
TRY_AGAIN = frozenset({429, 503})
NEVER_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Busy(httpx.PoolTimeout):
    """So many calls are under way to this partner that ours was not made."""

    def __init__(self) -> None:
        super().__init__("too many calls at a time")


def at_once(partner: str, base_url: str) -> AbstractContextManager[None]:
    """No limit."""
    return nullcontext()


TURNS: list[Callable[[str, str], AbstractContextManager[None]]] = [at_once]  # raises Busy; a house puts its own here


@dataclass(frozen=True)
class Answer:
    """A partner's answer: status code, headers and the parsed JSON body (None when it was empty)."""

    status: int
    headers: Mapping[str, str]
    body: Any


class PartnerHttp:
    """Speaks to one partner. No redirects, no proxies from the environment, a bounded answer.

    ``timeout`` is in seconds and counts for each of connect, write and read.
    """

    def __init__(
        self, partner: str, base_url: str, *, headers: Mapping[str, str] | None = None, timeout: float = 10.0
    ) -> None:
        self.partner, self._base_url = partner, base_url
        self._client = httpx.Client(
            base_url=base_url, headers=dict(headers or {}), timeout=timeout, follow_redirects=False,
            trust_env=False, verify=trusted(),
        )  # fmt: skip

    def close(self) -> None:
        """Give the sockets back."""
        self._client.close()

    def read(self, verb: str, path: str, *, params: Mapping[str, Any] | None = None) -> Answer:
        """GET. Raises PartnerUnavailable (try again) or PartnerRefused (4xx)."""
        try:
            answer = self._ask("GET", path, params=params)
        except (httpx.HTTPError, ValueError) as error:
            raise PartnerUnavailable(self.partner, verb, type(error).__name__) from None
        if answer.status in TRY_AGAIN or answer.status >= 500:
            raise PartnerUnavailable(self.partner, verb, f"http_{answer.status}")
        if answer.status >= 300:
            raise PartnerRefused(self.partner, verb, code_of(answer))
        return answer

    def change(
        self,
        verb: str,
        path: str,
        *,
        method: str = "POST",
        json: Any = None,
        data: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        harmless: frozenset[str] = frozenset(),
        timeout: float | None = None,
    ) -> Answer:
        """Send a change. ``harmless`` are the error codes the partner documents as "nothing happened".

        Raises PartnerUnavailable (provably nothing happened), PartnerRefused (a clear no) or
        OutcomeUnknown (everything else, a time-out and an unreadable answer included).
        """
        extra: dict[str, Any] = {} if timeout is None else {"timeout": timeout}
        try:
            answer = self._ask(
                method, path, json=json, data=data, content=content, headers=dict(headers or {}), **extra
            )
        except NEVER_CONNECTED as error:
            raise PartnerUnavailable(self.partner, verb, type(error).__name__) from None
        except (httpx.HTTPError, ValueError) as error:
            raise OutcomeUnknown(self.partner, verb, type(error).__name__) from None
        return self._sorted(verb, answer, harmless)

    def _sorted(self, verb: str, answer: Answer, harmless: frozenset[str]) -> Answer:
        if answer.status < 300:
            return answer
        code = code_of(answer)
        if answer.status in TRY_AGAIN or code in harmless:
            raise PartnerUnavailable(self.partner, verb, code)
        if 400 <= answer.status < 500 and answer.status != 408:
            raise PartnerRefused(self.partner, verb, code)
        raise OutcomeUnknown(self.partner, verb, code)

    def _ask(self, method: str, path: str, **request: Any) -> Answer:
        with TURNS[0](self.partner, self._base_url), self._client.stream(method, path, **request) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MAX_ANSWER_BYTES:
                    raise ValueError("the answer is too large")
            return Answer(response.status_code, dict(response.headers), json_of(bytes(body), response.status_code))


def json_of(body: bytes, status: int) -> Any:
    """Parse a JSON body; an error answer may be anything, a success must be readable."""
    if not body:
        return None
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        if status < 300:
            raise ValueError("the answer is not JSON") from None
        return None


def code_of(answer: Answer) -> str:
    """The partner's own error code where its body has one in a known place, else the status.

    Only short machine words pass: a code ends up in Prefect's logs, a sentence must not.
    """
    body = answer.body if isinstance(answer.body, dict) else {}
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else body
    code = first.get("code")
    word = isinstance(code, (str, int)) and str(code).replace("_", "").replace("-", "").isalnum()
    return str(code) if word and len(str(code)) <= 60 else f"http_{answer.status}"
