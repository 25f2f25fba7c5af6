"""The second factor of a demo's invented staff beside their keys: one code for several sensitive acts in a row."""

import time

import httpx

from api.sensitive import SENSITIVE
from models.clock import wall
from models.database import Database
from workflows.demo_account import current_code

RENEWED_AFTER = 240.0  # seconds; a proof is good for 300


class Proofs:
    """What each handle has shown, and since when."""

    def __init__(self, http: httpx.Client, database: Database, keys: dict[str, str]) -> None:
        self.http, self.database, self.keys = http, database, keys
        self.shown: dict[str, tuple[str, float]] = {}

    def beside(self, kind: str, handle: str) -> dict[str, str]:
        """The header that an act needs beside the key, if it needs one."""
        return {"X-Sila-Proof": self.proof_of(handle)} if kind in SENSITIVE else {}

    def proof_of(self, handle: str) -> str:
        """One that is still good."""
        proof, since = self.shown.get(handle, ("", 0.0))
        if not proof or time.monotonic() - since > RENEWED_AFTER:
            proof = self.fetched(handle)
            self.shown[handle] = proof, time.monotonic()
        return proof

    def fetched(self, handle: str) -> str:
        """A new one, for a code."""
        with self.database.reading() as session:
            code = current_code(session, handle, wall())
        headers = {"Authorization": f"Bearer {self.keys[handle]}", "X-Sila-Proof": code}
        proof: str = self.http.post("/api/proof", headers=headers).raise_for_status().json()["proof"]
        return proof
