"""``Consulate`` spoken over HTTP: JSON, a bearer token, and our key in ``Idempotency-Key``."""

from typing import Any

from integrations.consulate.contract import Application, ApplicationView, IssuedDocument
from integrations.errors import PartnerRefused
from integrations.http import Answer, PartnerHttp
from integrations.values import opaque, reading

PARTNER = "consulate"
APPLICATIONS = "/v1/applications"


def open_consulate(base_url: str, token: str, *, timeout: float = 10.0) -> "HttpConsulate":
    """Connect to a consulate (or its simulator). ``timeout`` is in seconds."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    return HttpConsulate(PartnerHttp(PARTNER, base_url, headers=headers, timeout=timeout))


class HttpConsulate:
    """See ``Consulate`` for what each verb promises and which errors it may raise."""

    def __init__(self, http: PartnerHttp) -> None:
        self._http = http

    def close(self) -> None:
        """Give the sockets back."""
        self._http.close()

    def lodge(self, application: Application, *, key: str) -> ApplicationView:
        """Ask for a document. Raises all three errors, see ``Consulate.lodge``."""
        headers = {"Idempotency-Key": opaque(key)}
        wanted = application.model_dump(mode="json")
        answer = self._http.change("lodge", APPLICATIONS, json=wanted, headers=headers)
        with reading(PARTNER, "lodge", changed=True):
            return view_of(answer.body)

    def look_up(self, reference: str) -> ApplicationView:
        """Read an application. Raises PartnerUnavailable or PartnerRefused."""
        answer = self._http.read("look_up", f"{APPLICATIONS}/{opaque(reference)}")
        with reading(PARTNER, "look_up", changed=False):
            return view_about(reference, answer)

    def find(self, key: str) -> ApplicationView | None:
        """Look for the application lodged under ``key``. Raises PartnerUnavailable or PartnerRefused."""
        answer = self._http.read("find", APPLICATIONS, params={"key": opaque(key)})
        with reading(PARTNER, "find", changed=False):
            found = [view_of(one) for one in answer.body["applications"]]
        if len(found) > 1:
            raise PartnerRefused(PARTNER, "find", "two_applications_one_key")
        return found[0] if found else None

    def withdraw(self, reference: str, *, key: str) -> ApplicationView:
        """Take an application back. Raises all three errors, see ``Consulate.withdraw``."""
        headers = {"Idempotency-Key": opaque(key)}
        path = f"{APPLICATIONS}/{opaque(reference)}/withdrawal"
        answer = self._http.change("withdraw", path, headers=headers)
        with reading(PARTNER, "withdraw", changed=True):
            return view_about(reference, answer)


def view_about(reference: str, answer: Answer) -> ApplicationView:
    """Read a view of the application that was asked for. Raises ValueError when it is another one."""
    view = view_of(answer.body)
    if view.reference != reference:
        raise ValueError("the answer is about another application")
    return view


def view_of(body: Any) -> ApplicationView:
    """Take the fields we know out of an answer, so that a new one of theirs breaks nothing.

    Raises KeyError, TypeError, AttributeError or ValueError.
    """
    document = body.get("document")
    return ApplicationView(
        reference=body["reference"],
        status=body["status"],
        document=None if document is None else document_of(document),
        refusal_code=body.get("refusal_code"),
    )


def document_of(body: Any) -> IssuedDocument:
    """Take the fields of a document out of an answer. Raises KeyError, TypeError or ValueError."""
    return IssuedDocument(**{field: body[field] for field in IssuedDocument.model_fields})
