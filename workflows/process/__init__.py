"""The process looked at from outside: what it asks, waits for and sends, and what must hold of all of it."""
