"""What certificates we trust, read once a process: reading them anew takes longer than most requests."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The authorities that httpx trusts, and none from the environment. Not to be changed: all clients share it."""
    return httpx.create_ssl_context(trust_env=False)
