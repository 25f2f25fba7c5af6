"""The example of settings names every setting there is, and no other; what only containers need: test_compose."""

from pathlib import Path

from api.settings import DoorSettings
from models.settings import RecordSettings
from workflows.house import WorldSettings
from workflows.worker_settings import WorkerSettings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


def test_the_example_is_complete() -> None:
    kinds = (DoorSettings, RecordSettings, WorldSettings, WorkerSettings)
    fields = {f"{kind.model_config['env_prefix']}{name}".upper() for kind in kinds for name in kind.model_fields}
    named = {line.split("=")[0] for line in EXAMPLE.read_text().splitlines() if line.startswith("SILA_")}
    assert named == fields


def test_locks_name_no_host_and_carry_hashes() -> None:
    for name in ("requirements.lock", "requirements-image.lock"):
        lock = (EXAMPLE.parent / name).read_text()
        assert "://" not in lock
        assert lock.count("--hash=sha256:") > 200
