"""Prefect's server on one machine: its command, and the settings it and every client of it run with."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from api.cli.children import Child

SERVER = "prefect"


def prefect_server(port: int) -> Child:
    """The Prefect API, its dashboard and its background services in one process."""
    command = [
        sys.executable,
        "-m",
        "api.cli.one_writer",
        "server",
        "start",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    return Child(SERVER, command, ready_url=f"http://127.0.0.1:{port}/api/health")


def trust_nobody(data: Path) -> None:
    """Write a certificate whose key nobody has, once. See PREFECT_API_SSL_CERT_FILE below."""
    path = _certificate(data)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "nobody")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now)
    signed = made.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    path.write_bytes(signed.public_bytes(serialization.Encoding.PEM))


def _certificate(data: Path) -> Path:
    return data / "prefect" / "nobody.pem"


def prefect_settings(data: Path, port: int) -> dict[str, str]:
    """The environment of every child on one machine: where the server is, and what it leaves out."""
    return {**_place(data, port), **_QUIET, **_SAFE, **_BRISK, **_FRUGAL}


def _place(data: Path, port: int) -> dict[str, str]:
    origin = f"http://127.0.0.1:{port}"
    return {
        "PREFECT_HOME": str(data / "prefect"),  # not the user's own ~/.prefect
        "PREFECT_API_URL": f"{origin}/api",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{data / 'prefect.db'}",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": origin,  # the default lets every web page call it
        # Each client loads all trusted certificates, 40 ms, thrice a run, though plain http never asks for one.
        "PREFECT_API_SSL_CERT_FILE": str(_certificate(data)),
    }


_QUIET = {
    "DO_NOT_TRACK": "1",  # the client would report to a vendor
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",  # and so would the server
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
}
_SAFE = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",  # a client without a server fails; it must not start its own
    "PREFECT_TASKS_DEFAULT_NO_CACHE": "true",  # same task, same input, same run would be skipped in silence
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",  # results would lie on disk for ever
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",  # and never as pickles
    "PREFECT_LOGGING_TO_API_ENABLED": "false",  # a log line could carry what no store of Prefect may hold (S13)
}
_BRISK = {
    "PREFECT_WORKER_QUERY_SECONDS": "1",  # a hint makes it ask at once; this is for one that is lost, not 10 s
    "PREFECT_WORKER_PREFETCH_SECONDS": "0",  # the default starts runs 10 s before their time
    "PREFECT_WORKER_HEARTBEAT_SECONDS": "10",  # a dead worker shows after 30 s, not 90 s
}
_FRUGAL = {
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # same installation: a request a client saved
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # off on the server; asking costs another
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "3600",  # cannot be off; one event a run instead of many
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",  # each event would be judged; `sila up` turns them on
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",  # no run ever waits for a person
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_ENABLED": "false",  # for infrastructure our worker has not
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "15",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # runs are kept for ever by default
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": "2592000",  # 30 days, seconds
}
