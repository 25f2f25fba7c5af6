"""Rate limits (control C12): how often something may be tried from one place, or on one account, link or code.

Counted in this process: a limit holds for each API process by itself. What must never be exceeded, as tries at a
password or a code, is counted in the records as well.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from threading import Lock

from fastapi import Request

from api.errors import Problem
from api.pages.places import N_
from models.vault import blind_index

MOST_KEYS = 50_000
TOO_OFTEN = N_("This was tried too often: wait some minutes, then try again.")
NETWORK_BITS = {4: 24, 6: 48}


class Limiter:
    """When each key was last used; the keys that were not used for longest are forgotten first."""

    def __init__(self, most_keys: int = MOST_KEYS) -> None:
        self._most_keys, self._lock = most_keys, Lock()
        self._uses: OrderedDict[str, deque[datetime]] = OrderedDict()

    def takes(self, key: str, most: int, per: timedelta, now: datetime) -> bool:
        """Count one more use, unless there were ``most`` within ``per`` already. A refused one is not counted."""
        with self._lock:
            uses = self._uses.setdefault(key, deque())
            self._uses.move_to_end(key)
            while uses and (uses[0] <= now - per or uses[0] > now):
                uses.popleft()
            good = len(uses) < most
            if good:
                uses.append(now)
            while len(self._uses) > self._most_keys:
                self._uses.popitem(last=False)
            return good


def limited(request: Request, key: str, most: int, per: timedelta) -> None:
    """Raises Problem 429 when ``key`` (a purpose and whom it concerns) was used ``most`` times within ``per``."""
    if not limiter_of(request).takes(key, most, per, request.app.state.wall()):
        raise Problem(429, "too_often", TOO_OFTEN)


def limiter_of(request: Request) -> Limiter:
    """The one of this application."""
    state = request.app.state
    if not hasattr(state, "limiter"):
        state.limiter = Limiter()
    limiter: Limiter = state.limiter
    return limiter


def limited_here(request: Request, purpose: str, most: int, per: timedelta) -> None:
    """The same for the network that a request comes from. Raises Problem 429."""
    limited(request, f"{purpose} from {network_of(request)}", most, per)


def network_of(request: Request) -> str:
    """The network of the sender, a /24 or a /48: enough to slow somebody down, too little to tell who it is."""
    try:
        address = ip_address(request.client.host if request.client else "")
    except ValueError:
        return "unknown"
    return str(ip_network((address, NETWORK_BITS[address.version]), strict=False))


def network_mark(request: Request) -> str:
    """Twelve letters that are the same for the same network: what the audit keeps."""
    keyring = request.app.state.house.database.keyring
    return blind_index(keyring, "network", network_of(request))[:12]
