"""Messages: what they say, handing them over, what became of them, and what people answer.

Stages send by ``workflows.actions.message``. Doors send links and codes by ``workflows.messages.links``.
"""
