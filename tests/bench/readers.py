"""Readers who ask a served application over connections that stay open, all in one thread: they cost next to nothing.

A client of the standard library costs more CPU a read than the answer, on the cores that are measured.
"""

import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

Ask = Callable[[int], bytes]  # the request of a reader, another each time
END = b"\r\n\r\n"


@dataclass
class Connection:
    """One reader: what came of the answer, how long it is, and when it was due."""

    socket: socket.socket
    due: float = 0.0
    asks: bool = False
    came: bytes = b""
    length: int = 0

    def ask(self, request: bytes, due: float) -> None:
        """Send a request."""
        self.came, self.length, self.due, self.asks = b"", 0, due, True
        self.socket.sendall(request)

    def take(self) -> bool:
        """Whether the answer is whole. Raises SystemExit when it is none."""
        self.came += self.socket.recv(1 << 18)
        if not self.length and END in self.came:
            self.length = length_of(self.came)
        if not self.length or len(self.came) < self.length:
            return False
        self.asks = False
        return True


def length_of(came: bytes) -> int:
    """How long an answer is, its head with it. Raises SystemExit when the application refuses."""
    head = came[: came.index(END)].lower()
    if not head.startswith(b"http/1.1 200"):
        raise SystemExit(f"The application refuses: {came[:400]!r}")
    [length] = [line.split(b":")[1] for line in head.split(b"\r\n") if line.startswith(b"content-length:")]
    return len(head) + len(END) + int(length)


class Readers:
    """Some of them at one port. ``pause``: seconds from one question of a reader to their next; 0: without a pause."""

    def __init__(self, port: int, ask: Ask, number: int, pause: float = 0.0) -> None:
        self.ask, self.pause, self.took = ask, pause, list[float]()
        self.selector, self.all = selectors.DefaultSelector(), list[Connection]()
        for one in range(number):
            made = socket.create_connection(("127.0.0.1", port))
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.all.append(Connection(made))
            self.selector.register(made, selectors.EVENT_READ, one)

    def read(self, seconds: float) -> list[float]:
        """Milliseconds of each read from when it was due, for a while; then everybody leaves."""
        began = time.perf_counter()
        for one, reader in enumerate(self.all):
            reader.due = began + self.pause * one / len(self.all)  # not all at the same moment
        while (now := time.perf_counter()) < began + seconds:
            self.send(now)
            for key, _ in self.selector.select(self.wait(now)):
                self.receive(key.data)
        for reader in self.all:
            reader.socket.close()
        return self.took

    def send(self, now: float) -> None:
        """Whoever is due asks."""
        for one, reader in enumerate(self.all):
            if not reader.asks and reader.due <= now:
                reader.ask(self.ask(one), reader.due)

    def wait(self, now: float) -> float:
        """How long nobody asks."""
        return max(0.0, min((reader.due - now for reader in self.all if not reader.asks), default=1.0))

    def receive(self, one: int) -> None:
        """Part of an answer; after it, when this reader asks again."""
        reader = self.all[one]
        if reader.take():
            now = time.perf_counter()
            self.took.append((now - reader.due) * 1000)
            reader.due = max(now, reader.due + self.pause) if self.pause else now
            if not self.pause:
                reader.ask(self.ask(one), now)
