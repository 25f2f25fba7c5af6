"""Field names and codes in words: those that stand on papers for people outside of the staff."""

from collections.abc import Iterable, Mapping

from api.documents.parts import Words, code, isolated
from api.documents.spoken import N_
from workflows.explain import LANGUAGES as OF_STAFF
from workflows.explain import shown

# Every field that the contract with partners has; a test compares.
FIELDS: Mapping[str, str] = {
    "case_code": N_("Code of the case"), "age_bands": N_("Age groups"), "genders": N_("Gender"),
    "languages": N_("Language"), "country": N_("Country"), "area": N_("Area"), "needs": N_("Needs"),
    "urgency": N_("Urgency"), "arrival_from": N_("Arrival not before"), "arrival_to": N_("Arrival not after"),
    "party_size": N_("Number of people"),
    "people": N_("People"), "phone": N_("Telephone"), "reception_needs": N_("Needs on arrival"),
    "medical_alerts": N_("Medical alerts"), "staff_gender": N_("Gender of staff asked for"),
    "no_contact_note": N_("Who must not be told or contacted"),
    "given_names": N_("Given names"), "family_name": N_("Family name"), "native_name": N_("Name in own script"),
    "born_on": N_("Date of birth"), "sex": N_("Sex"), "role": N_("Part in the journey"),
    "flights": N_("Flights"), "meeting_point": N_("Meeting point"), "carrier": N_("Airline"), "number": N_("Flight"),
    "origin": N_("From"), "destination": N_("To"), "departs_at": N_("Departure"), "arrives_at": N_("Arrival"),
    "lines": N_("Planned support"), "label_code": N_("Support"), "amount": N_("Amount"), "currency": N_("Currency"),
    "due_on": N_("Not before"),
}  # fmt: skip
CODES: Mapping[str, str] = {
    "F": N_("woman"), "M": N_("man"), "X": N_("another gender"), "woman": N_("woman"), "man": N_("man"),
    "other": N_("another gender"), "principal": N_("main person"), "dependant": N_("travels along"),
    "emergency": N_("emergency"), "urgent": N_("urgent"), "normal": N_("normal"),
    "accompanied_child": N_("child with family"), "safe_accommodation": N_("safe accommodation"),
    "arrivals hall": N_("arrivals hall"), "person": N_("The person"),
    "cash": N_("cash"), "microbusiness": N_("own small business"), "community_enterprise": N_("community enterprise"),
    "equipment": N_("equipment"), "training": N_("training"), "job_placement": N_("help to find work"),
    "education": N_("education"), "housing": N_("housing"), "medical": N_("medical treatment"),
    "identity_documents": N_("identity papers"), "legal_aid": N_("legal aid"), "child_care": N_("child care"),
    "counselling": N_("counselling"), "family_counselling": N_("family counselling"),
    "draft": N_("draft"), "offered": N_("offered"), "asked_back": N_("asked back"), "accepted": N_("accepted"),
    "no_show": N_("did not arrive"), "arrived": N_("arrived"), "received": N_("received"),
    "not_taken": N_("not delivered"), "declined": N_("declined"), "expired": N_("expired"),
    "withdrawn": N_("withdrawn"), "recalled": N_("recalled"), "cancelled": N_("cancelled by the partner"),
    "returned": N_("handed back"),
    "return": N_("return"), "in_place": N_("support in Türkiye"), "undecided": N_("not decided yet"),
    "none": N_("none"), "spouse": N_("spouse"), "child": N_("child"), "parent": N_("parent"),
    "sibling": N_("brother or sister"), "passport": N_("passport"), "laissez_passer": N_("emergency travel document"),
    "national_id": N_("identity card"), "sms": N_("text message"), "email": N_("e-mail"), "phone": N_("telephone"),
    "reception": N_("reception"), "contact": N_("to stay in contact"), "authority": N_("an authority"),
    "police": N_("police"), "prosecutor": N_("prosecutor"), "court": N_("court"),
    "migration_authority": N_("migration authority"), "consulate": N_("consulate"),
    "trusted_contact": N_("somebody whom the person trusts"),
    "low": N_("low"), "medium": N_("medium"), "high": N_("high"),
}  # fmt: skip

ROLES: Mapping[str, str] = {
    "counsellor": N_("counsellor"), "protection_officer": N_("protection officer"),
    "medical_officer": N_("medical officer"), "movement_officer": N_("movement officer"),
    "supervisor": N_("supervisor"), "operations": N_("operations"), "shelter_partner": N_("shelter partner"),
    "receiving_partner": N_("receiving partner"), "country_office": N_("country office"),
    "monitoring": N_("monitoring"), "auditor": N_("auditor"), "administrator": N_("administrator"),
}  # fmt: skip


def said_of(_: Words, value: str) -> str:
    """A code in words; one that we have no words for stays as it is, set apart."""
    if value in CODES:
        return _(CODES[value])
    known = shown(value, _.language) if _.language in OF_STAFF else value
    return known if known != value else code(value)


def listed(_: Words, values: Iterable[str]) -> str:
    """Several."""
    return _.comma.join(isolated(said_of(_, value)) for value in values)
