"""What all cases of a caseload have alike, written by statements of the server from the cases that are there."""

from models.stage import Role, Stage

LIVE = (Stage.RISK_ASSESSMENT, Stage.HEALTH, Stage.TRAVEL_DOCUMENTS, Stage.PARTNER_HANDOVER)
ASKED = {
    Stage.RISK_ASSESSMENT: Role.PROTECTION_OFFICER, Stage.HEALTH: Role.MEDICAL_OFFICER,
    Stage.TRAVEL_DOCUMENTS: Role.MOVEMENT_OFFICER, Stage.PARTNER_HANDOVER: Role.COUNSELLOR,
}  # fmt: skip
TABLES = ("cases", "person_keys", "persons", "name_tokens", "standings", "questions", "deadlines", "events",
          "chains", "case_assignments")  # fmt: skip
STAGES = ", ".join(
    f"({place}, '{stage.value}', '{ASKED.get(stage, '')}', {stage in LIVE})" for place, stage in enumerate(Stage, 1)
)
# Ids in the order of the cases, as those that the product makes are in the order of time.
ID = "overlay(overlay({of}.id::text placing lpad(to_hex({place}), 2, '0') from 35) placing '{kind}' from 25)::uuid"


def id_of(kind: str, place: str, of: str = "cases") -> str:
    """An id for a row of a case: of one kind, at one place."""
    return ID.format(kind=kind, place=place, of=of)


NOTES = f"""
INSERT INTO standings (id, case_id, stage, kind, "on", why, more, since, until)
SELECT {id_of("a", "place")}, cases.id, stage, kind,
       CASE kind WHEN 'Waiting' THEN (ARRAY['partner', 'person', 'consulate', 'airline'])[1 + floor(coin * 8)]
                 WHEN 'Asking' THEN role END,
       '{{"code": "risk.not_assessed"}}',
       CASE kind WHEN 'Blocked' THEN '{{"by": [{{"code": "risk.not_assessed"}}], "gates": ["risk"]}}'
                 WHEN 'Waiting' THEN '{{"then": {{"code": "then.ask_again"}}}}'
                 WHEN 'Asking' THEN '{{"question": "health_clearance", "subject": "",
                                       "then": {{"code": "then.ask_again"}}}}'
                 ELSE '{{}}' END::json, opened_at,
       CASE WHEN kind IN ('Waiting', 'Asking') THEN %(now)s + (coin * 61 - 2) * interval '1 day' END
FROM cases CROSS JOIN (VALUES {STAGES}) AS stages (place, stage, role, is_live),
     LATERAL (SELECT random() + 0 * place AS coin WHERE cases.id IS NOT NULL) AS tossed,
     LATERAL (SELECT CASE WHEN closed_at IS NOT NULL OR place <= 2 THEN 'Done' WHEN NOT is_live THEN 'Blocked'
                          WHEN coin < 0.5 THEN 'Waiting' WHEN coin < 0.8 THEN 'Asking' ELSE 'Done' END
              AS kind) AS stands"""
EVENTS = f"""
INSERT INTO events (id, subject, number, at, by, kind, said, hash)
SELECT {id_of("b", "number")}, ref, number, opened_at, 'sila', 'stage.stands', '{{"stage": "health"}}', repeat('0', 64)
FROM cases, generate_series(1, 12) AS number"""
CHAINS = "INSERT INTO chains (subject, length, head) SELECT ref, 12, repeat('0', 64) FROM cases"
OPEN_QUESTIONS = """
INSERT INTO questions (id, case_id, at, by, journey, stage, kind, subject, role, until, paused_seconds)
SELECT overlay(id::text placing 'c' from 25)::uuid, case_id, since, 'sila', 1, stage, 'health_clearance', '', "on",
       until, 0 FROM standings WHERE kind = 'Asking'"""
ANSWERED = f"""
INSERT INTO questions (id, case_id, at, by, journey, stage, kind, subject, role, until, paused_seconds, answered_at,
                       answered_by)
SELECT {id_of("d", "place")}, id, opened_at, 'sila', 1, 'intake', 'screening', '', 'counsellor',
       opened_at + interval '7 days', 0, opened_at + interval '3 days', opened_by
FROM cases, generate_series(1, 6) AS place"""
RUNNING = """
INSERT INTO deadlines (id, case_id, at, by, journey, stage, sort, kind, subject, owner, since, until, "then",
                       overdue_at, escalations)
SELECT overlay(id::text placing 'e' from 25)::uuid, case_id, since, 'sila', 1, stage,
       CASE kind WHEN 'Asking' THEN 'question' ELSE 'wait' END, 'health_clearance', '', "on", since, until, 'remind',
       CASE WHEN until < %(now)s THEN until END, '[]' FROM standings WHERE kind IN ('Waiting', 'Asking')"""
MET = f"""
INSERT INTO deadlines (id, case_id, at, by, journey, stage, sort, kind, subject, owner, since, until, "then", met_at,
                       escalations)
SELECT {id_of("f", "place")}, id, opened_at, 'sila', 1, 'intake', 'question', 'screening', '', 'counsellor', opened_at,
       opened_at + interval '7 days', 'remind', opened_at + interval '3 days', '[]'
FROM cases, generate_series(1, 6) AS place"""
WORKERS = f"""
INSERT INTO case_assignments (id, case_id, at, by, role, handle)
SELECT {id_of("9", "place")}, id, opened_at, opened_by, role, role || '-' || floor(coin * 15)
FROM cases, (VALUES (1, 'protection_officer'), (2, 'medical_officer'), (3, 'movement_officer')) AS roles (place, role),
     LATERAL (SELECT random() + 0 * place AS coin WHERE cases.id IS NOT NULL) AS tossed
WHERE closed_at IS NULL AND coin < 10.0 / 15"""
STATEMENTS = (NOTES, EVENTS, CHAINS, OPEN_QUESTIONS, ANSWERED, RUNNING, MET, WORKERS)
