"""Runs an app as a real server in a thread, on a given or a free port."""

import asyncio
import contextlib
import socket
import threading
import time
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 15.0
TICK = 0.1  # seconds between two ticks of uvicorn, which writes the date of answers at each tenth


class Prompt(uvicorn.Server):
    """A server that stops when it is told to and not at its next tick: seven of them in a house would all wait."""

    told: asyncio.Event | None = None
    runs_in: asyncio.AbstractEventLoop

    async def main_loop(self) -> None:
        """Tick until somebody says stop."""
        self.runs_in, self.told, count = asyncio.get_running_loop(), asyncio.Event(), 0
        while not await self.on_tick(count):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.told.wait(), TICK)
            count += 1

    def stop(self) -> None:
        """From any thread: begin to stop."""
        self.should_exit = True
        if self.told is not None:
            with contextlib.suppress(RuntimeError):  # it has stopped already
                self.runs_in.call_soon_threadsafe(self.told.set)


class Served:
    """A running server; ``url`` is its base address. Use it in a ``with`` block."""

    def __init__(self, app: ASGIApp, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._socket = listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = f"http://{host}:{self.port}"
        config = uvicorn.Config(
            app, log_config=None, access_log=False, log_level="critical", timeout_graceful_shutdown=3
        )
        self._server = Prompt(config)
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
        self._server.stop()
        self._thread.join(timeout=START_SECONDS)
        self._socket.close()

    def ask_to_stop(self) -> None:
        """Begin to stop, and wait for nothing: whoever serves several asks all of them first."""
        self._server.stop()


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
