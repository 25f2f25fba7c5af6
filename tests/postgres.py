"""A throw-away PostgreSQL server: made in a temporary folder, gone afterwards. Root runs it as ``postgres``."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg


def binary(name: str) -> str:
    """A server program, of the newest version installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4].split(".")[0]))
    known = str(found[-1]) if found else shutil.which(name)
    if known is None:
        raise RuntimeError("PostgreSQL is not installed: install the Debian package postgresql")
    return known


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# For very much that is written at once: no log of what a transaction made itself, few checkpoints, some memory.
BULK = ("wal_level=minimal", "max_wal_senders=0", "max_wal_size=16GB", "checkpoint_timeout=1h", "shared_buffers=1GB")


@contextmanager
def server(*, durable: bool = False, bulk: bool = False) -> Iterator[str]:
    """Run one; gives ``postgresql+psycopg://…`` without a database name. ``durable``: what is committed is on disk."""
    user = {"user": "postgres"} if os.geteuid() == 0 else {}
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if user:
        shutil.chown(folder, "postgres", "postgres")
    data, port = folder / "data", free_port()
    subprocess.run(
        [binary("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **user,
    )  # fmt: skip
    options = [
        "-c",
        f"port={port}",
        "-c",
        f"fsync={'on' if durable else 'off'}",
        "-c",
        f"unix_socket_directories={folder}",
        "-c",
        "max_connections=200",
    ]
    options += [part for one in BULK if bulk for part in ("-c", one)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [binary("postgres"), "-D", str(data), "-c", "listen_addresses=127.0.0.1", *options],
            stdout=log, stderr=log, cwd=folder, **user,
        )  # fmt: skip
    try:
        wait_for(port, process)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)  # at once, whoever is still connected
        process.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Until it answers."""
    for _ in range(200):
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                raise RuntimeError("PostgreSQL did not start") from None
            time.sleep(0.1)
    raise RuntimeError("PostgreSQL did not answer in time")


EMPTY = """
SET session_replication_role = replica;
DO $$ DECLARE name text; is_used boolean; BEGIN
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO is_used;
    IF is_used THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
  FOR name IN SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' LOOP
    EXECUTE 'ALTER SEQUENCE ' || name || ' RESTART';
  END LOOP;
END $$"""


FORM = """
SELECT (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal),
       (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"""


class Pool:
    """Databases like a template that nobody uses any more: emptying one takes 8 ms, making one 170.

    Each gets a new name when it is given out again, so that a thread that a test left behind finds nobody there.
    """

    MOST_USES = 30  # what is deleted still lies in the files

    def __init__(self, base: str, template: str) -> None:
        self.base, self.template, self.count = base, template, 0
        self.idle: list[tuple[str, int]] = []
        self.form = form(base, template)

    def take(self) -> tuple[str, int]:
        """A name, and how often the database was used."""
        self.count += 1
        name = f"sila_{os.getpid()}_{self.count}"
        while self.idle:
            old, uses = self.idle.pop()
            with suppress(psycopg.errors.ObjectInUse):  # a thread that a test left behind has come back to it
                run(self.base, "postgres", f'ALTER DATABASE "{old}" RENAME TO "{name}"')
                return name, uses + 1
        create_database(self.base, name, self.template)
        return name, 1

    def give_back(self, name: str, uses: int) -> None:
        """Whoever is still connected is thrown out."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        run(self.base, "postgres", others, name)
        if uses >= self.MOST_USES or form(self.base, name) != self.form:  # a test made a trigger or a table
            run(self.base, "postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
            return
        run(self.base, name, EMPTY)
        self.idle.append((name, uses))


def run(base: str, name: str, statement: str, *values: str) -> None:
    """One statement in a database of the server."""
    with psycopg.connect(f"{base.replace('+psycopg', '')}/{name}", autocommit=True) as connection:
        connection.execute(statement, values or None)  # type: ignore[call-overload]


def form(base: str, name: str) -> tuple[object, ...] | None:
    """How many triggers, tables and functions a database has."""
    with psycopg.connect(f"{base.replace('+psycopg', '')}/{name}", autocommit=True) as connection:
        return connection.execute(FORM).fetchone()


def create_database(base: str, name: str, like: str = "template1") -> str:
    """A new database on the server, a copy of another one that nobody is connected to."""
    run(base, "postgres", f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
    return f"{base}/{name}"
