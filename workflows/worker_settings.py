"""Settings of the warm worker (prefix ``SILA_WORKER_``)."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """How many processes carry runs, when one is replaced, and how long a run has that is to stop.

    ``processes`` 0: threads of the worker itself, which need less memory; there a run that crashes takes the others
    with it and none can be stopped. ``memory`` is resident, in MB; a run that takes twice as much is ended.
    """

    model_config = SettingsConfigDict(env_prefix="SILA_WORKER_", env_file=".env", extra="ignore")

    processes: int = 2  # each carries one run at a time; what Prefect's server on SQLite bears: see BENCHMARKS.md
    runs: int = 1000  # after which a process is replaced
    memory: int = 512
    grace: float = 10.0  # seconds that a cancelled run has for ending by itself
