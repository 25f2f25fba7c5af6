"""The containers: no secret has a default, every setting is explained, every process is watched and locked in."""

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect.settings import Settings
from prefect.settings.legacy import _get_valid_setting_names
from prefect_redis.client import RedisMessagingSettings
from pydantic_settings import BaseSettings
from typer.main import get_command

from api.cli.main import app
from api.cli.server import prefect_settings
from api.settings import DoorSettings
from integrations.simulators import SimulatorSettings
from models.settings import RecordSettings
from workflows.house import WorldSettings
from workflows.worker_settings import WorkerSettings

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
FILE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = FILE["services"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
JOBS = {name for name, said in SERVICES.items() if said["restart"] == "on-failure:5"}
OURS = {name for name, said in SERVICES.items() if "build" in said}
VARIABLE = re.compile(r"(?<!\$)\$\{(\w+)(:[?-])?([^}]*)\}")
SECRET = re.compile(r"PASSWORD|TOKEN|SECRET|KEY|AUTH")
every_service = pytest.mark.parametrize("name", SERVICES)


def example() -> dict[str, str]:
    """The variables of the example with their values."""
    lines = (ROOT / ".env.example").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def names(*kinds: type[BaseSettings]) -> set[str]:
    """What the environment may say to our settings."""
    return {f"{kind.model_config['env_prefix']}{field.upper()}" for kind in kinds for field in kind.model_fields}


def environment(name: str) -> dict[str, str]:
    """What a service is told."""
    said: dict[str, str] = SERVICES[name].get("environment", {})
    return said


OPTIONAL = {"SILA_OIDC_SECRET"}  # of an extra: empty where it is not used


def test_no_secret_has_a_default() -> None:
    used = VARIABLE.findall(TEXT)
    assert {name for name, how, _ in used if SECRET.search(name) and how != ":?"} == OPTIONAL
    assert {remedy for name, _, remedy in used if name in OPTIONAL} == {""}
    assert all(remedy for _, how, remedy in used if how == ":?")
    assert {name for name, value in example().items() if SECRET.search(name) and value} == set()


@every_service
def test_a_secret_is_never_written_out(name: str) -> None:
    for key, value in environment(name).items():
        assert not SECRET.search(key) or "${" in value, key


def test_every_variable_is_in_the_example_and_the_other_way_round() -> None:
    used, known = {name for name, _, _ in VARIABLE.findall(TEXT)}, set(example())
    fixed = {"SILA_DATABASE_URL", "SILA_PREFECT_URL", "SILA_PREFECT_AUTH", "SILA_PREFECT_UI_URL"}
    assert used == known - fixed
    assert all(re.search(rf"^ +{name}: ", TEXT, re.MULTILINE) for name in fixed)


@every_service
def test_every_lasting_service_is_watched_and_comes_back(name: str) -> None:
    said = SERVICES[name]
    if name in JOBS:
        assert "healthcheck" not in said
        return
    assert said["restart"] == "unless-stopped"
    assert said["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}
    assert not {"curl", "wget"} & set(" ".join(said["healthcheck"]["test"]).split())


@every_service
def test_every_service_is_locked_in(name: str) -> None:
    said = SERVICES[name]
    assert said["read_only"] is True
    assert said["cap_drop"] == ["ALL"]
    assert said["security_opt"] == ["no-new-privileges:true"]
    assert name in OURS or said["user"] not in {"root", "0"}
    assert not {"privileged", "cap_add", "network_mode", "configs", "secrets"} & set(
        said
    )  # no files in a read-only root


def test_ports_are_open_on_this_machine_only_and_databases_have_none() -> None:
    assert all(port.startswith("127.0.0.1:") for said in SERVICES.values() for port in said.get("ports", []))
    assert FILE["networks"]["records"]["internal"] is True
    inside = {name for name, said in SERVICES.items() if said["networks"] == ["records"]}
    assert inside == {"postgres", "redis", "databases"}


@every_service
def test_images_have_a_version(name: str) -> None:
    assert re.fullmatch(r"[\w./-]+:v?\d[\w.-]*", SERVICES[name]["image"])
    assert name not in OURS or SERVICES[name]["image"] == f"sila:{PROJECT['version']}"


def test_volumes_are_named() -> None:
    mounts = [mount.split(":")[0] for said in SERVICES.values() for mount in said.get("volumes", [])]
    assert sorted(mounts) == sorted(FILE["volumes"])
    assert all(volume["name"].startswith("sila-") for volume in FILE["volumes"].values())


@every_service
def test_what_is_waited_for_exists_and_ends_as_expected(name: str) -> None:
    for other, said in SERVICES[name].get("depends_on", {}).items():
        assert said == {"condition": "service_completed_successfully" if other in JOBS else "service_healthy"}
        assert "profiles" not in SERVICES[other] or "profiles" in SERVICES[name]


@pytest.mark.parametrize("name", sorted(name for name in OURS if "entrypoint" not in SERVICES[name]))
def test_commands_exist(name: str) -> None:
    said, *options = SERVICES[name]["command"]
    command = get_command(app).commands[said]  # type: ignore[attr-defined]
    known = {option for one in command.params for option in one.opts}
    assert {option for option in options if option.startswith("--")} <= known


def test_other_entrypoints_exist() -> None:
    asked = {name: SERVICES[name]["entrypoint"] for name in OURS if "entrypoint" in SERVICES[name]}
    known = {("prefect",), ("uvicorn",), ("python", "-m", "integrations.simulators")}
    assert {tuple(said) for said in asked.values()} == known
    module, _, attribute = SERVICES["api"]["command"][0].partition(":")
    assert hasattr(importlib.import_module(module), attribute)


def test_our_settings_are_known_and_who_needs_the_world_is_told_all_of_it() -> None:
    known = names(DoorSettings, RecordSettings, WorldSettings, WorkerSettings, SimulatorSettings)
    assert {key for name in OURS for key in environment(name) if key.startswith(("SILA_", "SIM_"))} <= known
    assert names(RecordSettings, WorldSettings, WorkerSettings) <= set(environment("worker"))
    assert names(RecordSettings, WorldSettings, DoorSettings) <= set(environment("api"))


def test_simulators_answer_where_the_example_says() -> None:
    ports = {int(port) for key, port in environment("simulators").items() if key.endswith("_PORT")}
    assert ports == {int(port) for port in re.findall(r"simulators:(\d+)", (ROOT / ".env.example").read_text())}
    assert set(environment("simulators")) == names(SimulatorSettings) - {"SIM_SMTP_PORT"}


def test_prefects_settings_exist() -> None:
    known = _get_valid_setting_names(Settings) | {
        f"PREFECT_REDIS_MESSAGING_{field.upper()}" for field in RedisMessagingSettings.model_fields
    }
    asked = {key for name in OURS for key in environment(name) if key.startswith("PREFECT_")}
    assert asked - known == {"PREFECT_SERVER_ENCRYPTION_KEY"}  # read from the environment by the server itself


def test_prefect_is_told_what_one_machine_tells_it() -> None:
    own = {f"PREFECT_{name}" for name in ("HOME", "API_URL", "API_SSL_CERT_FILE")}
    own |= {
        f"PREFECT_SERVER_{name}"
        for name in ("DATABASE_CONNECTION_URL", "API_CORS_ALLOWED_ORIGINS", "SERVICES_TRIGGERS_ENABLED")
    }
    same = {key: value for key, value in prefect_settings(Path("/x"), 1).items() if key not in own}
    assert same.items() <= environment("prefect-server").items()
    assert environment("prefect-server") == environment("prefect-services") == environment("prefect-migrate")
    assert environment("deploy").items() <= environment("worker").items()


def test_many_prefect_servers_share_what_one_keeps_in_memory() -> None:
    told = environment("prefect-server")
    modules = {value for value in told.values() if value.startswith("prefect_redis.")}
    assert all(importlib.util.find_spec(module) for module in modules)
    assert told["PREFECT_SERVER_DOCKET_URL"].startswith("redis://")
    assert told["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] == "false"


def test_the_image_has_every_library_and_no_tool_of_developers() -> None:
    lock = (ROOT / "requirements-image.lock").read_text()
    lines = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["cluster"]]
    locked = set(re.findall(r"^([a-z0-9.-]+)==", lock, re.MULTILINE))
    assert {re.split(r"[\[<>=~ ;]", line)[0] for line in lines} <= locked
    assert not {"pytest", "mypy", "ruff", "hatchling"} & locked


def test_the_image_runs_what_is_tested_and_a_sqlalchemy_that_prefects_scheduler_bears() -> None:
    pins = re.compile(r"^([a-z0-9.-]+)==([^ ]+)", re.MULTILINE)
    image, full = (set(pins.findall((ROOT / f"requirements{name}.lock").read_text())) for name in ("-image", ""))
    assert image <= full
    assert all(version.startswith("2.0.") for name, version in image if name == "sqlalchemy")


def test_the_image_takes_the_product_only() -> None:
    said = (ROOT / "Dockerfile").read_text()
    copied = {word for line in re.findall(r"^COPY (?!--)(.+) \S+$", said, re.MULTILINE) for word in line.split()}
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in kept
    assert {line[1:] for line in kept if line.startswith("!")} == copied
    assert not {"tests", ".git", "."} & copied
    assert "USER 10001" in said.split("FROM")[-1]
    assert said.rstrip().endswith('ENTRYPOINT ["sila"]')
