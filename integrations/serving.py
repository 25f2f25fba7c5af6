"""Runs an app as a real server in a thread, on a given or a free port."""

import socket
import threading
import time
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 15.0


class Served:
    """A running server; ``url`` is its base address. Use it in a ``with`` block."""

    def __init__(self, app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._socket = listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        config = uvicorn.Config(
            app, log_config=None, access_log=False, log_level="critical", timeout_graceful_shutdown=3
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def __enter__(self) -> "Served":
        """Start. Raises RuntimeError when the server does not come up in 15 seconds."""
        self._thread.start()
        until = time.monotonic() + START_SECONDS
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > until:
                self._socket.close()
                raise RuntimeError("a server did not start")
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and give the port back."""
        self._server.should_exit = True
        self._thread.join(timeout=START_SECONDS)
        self._socket.close()


def listening(host: str, port: int) -> socket.socket:
    """Bind a socket now, so that the port is known and ours before the server runs."""
    # With the protocol named, asyncio turns Nagle's delay off (40 ms for each answer).
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound
