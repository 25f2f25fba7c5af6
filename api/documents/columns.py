"""What a case record calls each table and column of the file, and of which field of the policy it is."""

from collections.abc import Mapping
from typing import NamedTuple

from api.documents.spoken import N_
from models.access import Field


class Kept(NamedTuple):
    """What class 3 of a table is about, and its heading."""

    field: Field
    heading: str


H, N, L, T, B = Field.HEALTH, Field.NARRATIVE, Field.LOCATION, Field.TRAFFICKING, Field.HOUSE
TABLES: Mapping[str, Kept] = {
    "age_claims": Kept(N, N_("Age in question")),
    "age_decisions": Kept(N, N_("Age decided")),
    "best_interests": Kept(N, N_("Best interests of the child")),
    "bookings": Kept(L, N_("Booking")),
    "capacity_findings": Kept(H, N_("Able to decide")),
    "case_notes": Kept(N, N_("Note of the staff")),
    "check_ins": Kept(N, N_("Check-in")),
    "coercion_closings": Kept(N, N_("Sign of pressure: looked into")),
    "coercion_flags": Kept(N, N_("Sign of pressure")),
    "comings_of_age": Kept(N, N_("Comes of age")),
    "contact_attempts": Kept(N, N_("Attempt to reach the person")),
    "contact_words": Kept(N, N_("Word about contact")),
    "counselling_sessions": Kept(N, N_("Counselling session")),
    "custodies": Kept(T, N_("Who holds a document")),
    "decision_makers": Kept(N, N_("Who decides with the person")),
    "duplicate_verdicts": Kept(N, N_("The same person or not")),
    "enquiry_notes": Kept(N, N_("Enquiry")),
    "escort_tickets": Kept(L, N_("Ticket of the escort")),
    "escorts": Kept(L, N_("Escort")),
    "exit_holds": Kept(N, N_("Ban on leaving")),
    "fitness_papers": Kept(H, N_("Medical paper")),
    "handover_acknowledgements": Kept(N, N_("Confirmed by the partner")),
    "handover_questions": Kept(N, N_("Question of the partner")),
    "handover_words": Kept(N, N_("Word of the partner")),
    "health_clearances": Kept(H, N_("Medical clearance")),
    "incident_steps": Kept(N, N_("Step after an incident")),
    "incidents": Kept(N, N_("Incident")),
    "interpreter_conflicts": Kept(N, N_("Interpreter in conflict")),
    "legal_aids": Kept(N, N_("Legal aid")),
    "migration_intentions": Kept(N, N_("Wish to leave again")),
    "paper_words": Kept(N, N_("About papers")),
    "payees": Kept(N, N_("Account for payments")),
    "permit_cancellations": Kept(N, N_("Permit cancelled")),
    "prior_assistance": Kept(N, N_("Earlier help")),
    "protection_claims": Kept(N, N_("Need of protection")),
    "reception_notes": Kept(N, N_("For the day of arrival")),
    "remigrations": Kept(L, N_("Left again")),
    "replies": Kept(N, N_("Reply")),
    "retrafficking_reports": Kept(T, N_("Report of new exploitation")),
    "risk_assessments": Kept(N, N_("Risk assessment")),
    "risk_reviews": Kept(N, N_("Second look at the risk")),
    "safe_arrivals": Kept(N, N_("Safe after the arrival")),
    "satisfactions": Kept(N, N_("Satisfaction")),
    "screenings": Kept(T, N_("Screening")),
    "separations": Kept(N, N_("Kept apart")),
    "shelter_entries": Kept(B, N_("Book of the house")),
    "shelter_fields": Kept(B, N_("Sheet of the house")),
    "status_appeals": Kept(T, N_("Appeal")),
    "stay_ends": Kept(B, N_("End of a stay")),
    "survey_responses": Kept(N, N_("Survey")),
    "threats": Kept(N, N_("Danger reported")),
    "trafficking_interviews": Kept(T, N_("Interview")),
    "transit_incidents": Kept(L, N_("Refused on the way")),
    "trusted_contacts": Kept(N, N_("Trusted person")),
    "unmet_needs": Kept(N, N_("Need that could not be met")),
    "unsafe_addresses": Kept(N, N_("Unsafe address")),
    "urgent_needs": Kept(N, N_("Urgent need")),
    "victim_statuses": Kept(T, N_("Status as a victim")),
    "vital_interests": Kept(N, N_("A life in danger")),
    "vulnerability_assessments": Kept(N, N_("Vulnerability")),
}
# Columns whose field is not that of their table.
ELSEWHERE: Mapping[str, Field] = {
    "reception_notes.medical_alerts": H, "trafficking_interviews.narrative": N, "remigrations.reason": N,
    "contacts.rules": N,
}  # fmt: skip
# Tables with sealed columns that a case record has no rows of, and why.
LEFT_OUT: Mapping[str, str] = {
    "code_words": "a code word that stands on paper protects nobody",
    "survey_scores": "scores are read in one place, where those of a draft are withheld; the answers are shown",
    "messages": "what was sent can hold links and codes; the history says that it was sent",
    "offers": "flights that were on offer and not taken",
    "handovers": "the handover package is a document of its own",
    "country_inputs": "a question that names nobody; the partner's word on it is not sealed",
    "handover_packages": "the handover package is a document of its own",
    "persons": "shown under people", "contacts": "shown under contacts", "travel_documents": "shown under documents",
}  # fmt: skip
COLUMNS: Mapping[str, str] = {
    "able": N_("able"), "account": N_("account"), "action": N_("what was done"), "address": N_("address"),
    "airport": N_("airport"), "answers": N_("answers"), "authority": N_("authority"), "basis": N_("based on"),
    "body": N_("decided by"), "born_on": N_("date of birth"), "channel": N_("channel"), "coerced": N_("under pressure"),
    "coercion_flags": N_("signs of pressure"), "court_on": N_("in court on"), "detail": N_("details"),
    "details": N_("details"), "document_number": N_("number of the document"), "factors": N_("factors"),
    "findings": N_("findings"), "fit": N_("fit to travel"), "flights": N_("flights"), "ground": N_("ground"),
    "happened_on": N_("happened on"), "hint": N_("hint of the programme"), "holder": N_("held by"),
    "indicators": N_("indicators"), "intends": N_("intends to"), "items": N_("points"), "kind": N_("kind"),
    "level": N_("level"), "locator": N_("booking code"), "may_be_told": N_("may be told"),
    "medical_alerts": N_("medical alerts"), "met": N_("met"), "name": N_("name"), "narrative": N_("what was told"),
    "need": N_("need"), "needs": N_("needs"), "no_contact": N_("must not be told or contacted"), "notes": N_("notes"),
    "noticed": N_("noticed"), "other": N_("the other person"), "parent_complicit": N_("parent involved"),
    "parts": N_("parts"), "perpetrator_here": N_("the offender is in the programme"),
    "present": N_("who was present"), "provider": N_("given by"), "reason": N_("reason"), "reasons": N_("reasons"),
    "relation": N_("relationship"), "repeated_because": N_("repeated because"), "reply": N_("our answer"),
    "result": N_("result"), "safe": N_("safe"), "said": N_("what was said"),
    "sign": N_("sign"), "status": N_("status"), "suspicion": N_("suspicion"), "text": N_("text"),
    "tickets": N_("tickets"), "value": N_("entry"), "whereabouts": N_("where"), "why": N_("why"),
    "words": N_("text"), "rules": N_("rules for contact"), "part": N_("part"), "subject": N_("about"),
    "carrier": N_("airline"), "flight_number": N_("flight"), "origin": N_("from"), "destination": N_("to"),
    "departs_at": N_("departure"), "arrives_at": N_("arrival"),
}  # fmt: skip
