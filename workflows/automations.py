"""Prefect's own watch over the platform, made in code: crashed runs and a silent tick are told to operations.

Each calls a door of ours. They are for the platform alone: no limit of a case hangs on them, because a trigger of
Prefect can be lost with its server (a silent tick also shows on the dashboard, without Prefect).
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from prefect.blocks.webhook import Webhook
from prefect.client.orchestration import PrefectClient, get_client
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from pydantic import SecretStr

from models.vault import Keyring
from workflows.alarms import token_of

BLOCK = "sila-operations"
SILENCE = timedelta(minutes=10)
OURS = {"prefect.resource.role": "tag", "prefect.resource.id": "prefect.tag.sila"}
CRASHED = '{"kind": "run_crashed", "run": "{{ flow_run.id }}", "name": "{{ flow_run.name }}"}'


def wanted(webhook: UUID) -> Sequence[AutomationCore]:
    """Every automation that there should be."""
    return (
        AutomationCore(
            name="sila: crashed or failed run",
            description="Tells operations of a run that broke. Its case stays due, and the tick brings it back.",
            trigger=EventTrigger(
                expect={"prefect.flow-run.Crashed", "prefect.flow-run.Failed"}, match_related=OURS,
                for_each={"prefect.resource.id"}, posture=Posture.Reactive, threshold=1, within=timedelta(0),
            ),
            actions=[CallWebhook(block_document_id=webhook, payload=CRASHED)],
        ),
        AutomationCore(
            name="sila: silent tick",
            description="Tells operations when no tick has come to its end for ten minutes.",
            trigger=EventTrigger(
                expect={"prefect.flow-run.Completed", "prefect.flow-run.Failed"},
                match={"prefect.resource.id": "prefect.flow-run.*", "prefect.resource.name": "tick"},
                posture=Posture.Proactive, threshold=1, within=SILENCE,
            ),
            actions=[CallWebhook(block_document_id=webhook, payload='{"kind": "tick_silent"}')],
        ),
    )  # fmt: skip


async def automate(door: str, keyring: Keyring) -> list[str]:
    """Make or renew the automations; ``door`` is where Prefect's server reaches our API. Gives their names."""
    shown = {"X-Sila-Token": token_of(keyring), "Content-Type": "application/json"}
    block = Webhook(method="POST", url=SecretStr(f"{door}/webhooks/prefect"), headers=shown)
    webhook = await block.asave(BLOCK, overwrite=True)
    async with get_client() as client:
        for one in wanted(webhook):
            await put(client, one)
    return [one.name for one in wanted(webhook)]


async def put(client: PrefectClient, one: AutomationCore) -> None:
    """One automation: a new one, or the known one changed; making it anew would forget what it has seen."""
    known = await client.read_automations_by_name(one.name)
    if known:
        await client.update_automation(known[0].id, one)
    else:
        await client.create_automation(one)
