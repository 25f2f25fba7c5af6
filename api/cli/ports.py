"""Free ports that no other Sıla of this machine takes: each is held until the end, also while nobody listens on it."""

import socket
from contextlib import AbstractContextManager

from api.cli.stack import free_port


class Ports(AbstractContextManager["Ports"]):
    """What is held. A UDP socket of the same number is the mark: it is in nobody's way and ends with its process."""

    def __init__(self) -> None:
        self.marks: list[socket.socket] = []

    def take(self, usual: int = 0) -> int:
        """The usual TCP port if nobody has it or is about to have it, else any such."""
        port = free_port(usual)
        while not self.hold(port):
            port = free_port()
        return port

    def hold(self, port: int) -> bool:
        """Whether it is ours now."""
        mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            mark.bind(("127.0.0.1", port))
        except OSError:
            mark.close()
            return False
        self.marks.append(mark)
        return True

    def __exit__(self, *error: object) -> None:
        """Give all back."""
        while self.marks:
            self.marks.pop().close()
