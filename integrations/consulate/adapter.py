"""Speaks the consular service's HTTP (README.md of this folder) and puts it into our words."""

from typing import Any

from integrations.consulate.contract import Application, ApplicationStatus, ApplicationView, IssuedDocument
from integrations.http import PartnerHttp
from integrations.values import opaque, reading

PARTNER = "consulate"

STATUS = {
    "RECEIVED": ApplicationStatus.LODGED,
    "INTERVIEW": ApplicationStatus.INTERVIEW_SET,
    "NATIONALITY_CONFIRMED": ApplicationStatus.NATIONALITY_CONFIRMED,
    "DOCUMENT_ISSUED": ApplicationStatus.ISSUED,
    "REFUSED": ApplicationStatus.REFUSED,
    "WITHDRAWN": ApplicationStatus.WITHDRAWN,
}
KIND = {"EMERGENCY_TRAVEL_DOCUMENT": "laissez_passer", "PASSPORT": "passport"}


class ConsulateAdapter:
    """A consulate behind ``base_url``. ``timeout`` is in seconds. Implements ``Consulate``."""

    def __init__(self, base_url: str, token: str, *, timeout: float = 10.0) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        self._http = PartnerHttp(PARTNER, base_url, headers=headers, timeout=timeout)

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def lodge(self, application: Application, *, key: str) -> ApplicationView:
        """See ``Consulate.lodge``."""
        return self._change("lodge", "/v1/applications", form(application), key)

    def look_up(self, reference: str) -> ApplicationView:
        """See ``Consulate.look_up``."""
        answer = self._http.read("look_up", f"/v1/applications/{opaque(reference)}")
        with reading(PARTNER, "look_up", changed=False):
            return view(answer.body)

    def find(self, key: str) -> ApplicationView | None:
        """See ``Consulate.find``."""
        answer = self._http.read("find", "/v1/applications", params={"key": opaque(key)})
        with reading(PARTNER, "find", changed=False):
            # An empty list is the only "no": a 404 might come from a wrong address.
            found = [view(one) for one in answer.body["applications"]]
            return only(found)

    def withdraw(self, reference: str, *, key: str) -> ApplicationView:
        """See ``Consulate.withdraw``."""
        return self._change("withdraw", f"/v1/applications/{opaque(reference)}/withdrawal", {}, key)

    def _change(self, verb: str, path: str, body: dict[str, Any], key: str) -> ApplicationView:
        answer = self._http.change(verb, path, json=body, headers={"Idempotency-Key": opaque(key)})
        with reading(PARTNER, verb, changed=True):
            return view(answer.body)


def form(application: Application) -> dict[str, Any]:
    """Fill in the consulate's form: every field it has, and no other."""
    return {
        "given_names": application.given_names,
        "family_name": application.family_name,
        "date_of_birth": application.born_on.isoformat(),
        "sex": application.sex,
        "nationality": application.nationality,
        "place_of_birth": application.place_of_birth,
        "old_document_number": application.old_document_number,
        "travel": {
            "from": application.travel_from,
            "to": application.travel_to,
            "by": application.travel_by.isoformat(),
        },
    }


def view(body: Any) -> ApplicationView:
    """Read an application. Raises KeyError or ValueError for a word we do not know."""
    return ApplicationView(
        reference=body["reference"],
        status=STATUS[body["status"]],
        document=None if body["document"] is None else issued(body["document"]),
        refusal_code=body["refusal_code"],
        interview_at=body["interview_at"],
    )


def issued(body: Any) -> IssuedDocument:
    """Read an issued document."""
    return IssuedDocument.model_validate(
        {
            "kind": KIND[body["type"]],
            "number": body["number"],
            "issued_on": body["issued_on"],
            "expires_on": body["expires_on"],
            "single_journey": body["single_journey"],
        }
    )


def only(found: list[ApplicationView]) -> ApplicationView | None:
    """Take the one there is. Two under one key break the promise of class A: ValueError."""
    if len(found) > 1:
        raise ValueError("two applications carry one key")
    return found[0] if found else None
