"""Links that open nothing: many from one network, or many in all, are somebody who tries them out (T14).

Counted in this process like every limit. It is the one thing that reading a page may write: an alert.
"""

from datetime import timedelta

from fastapi import Request

from api.pages.limits import limiter_of, network_of
from workflows.guesses import tell_of_guesses

PER = timedelta(hours=1)
FROM_ONE_NETWORK, IN_ALL = 30, 200  # a partner's office with a stale link stays below


def missed(request: Request) -> None:
    """One more link that opened nothing, or number that was wrong."""
    limiter, now = limiter_of(request), request.app.state.wall()
    few_here = limiter.takes(f"links missed from {network_of(request)}", FROM_ONE_NETWORK - 1, PER, now)
    few = limiter.takes("links missed", IN_ALL - 1, PER, now)
    if not (few_here and few) and limiter.takes("guesses told", 1, PER, now):
        tell_of_guesses(request.app.state.house)
