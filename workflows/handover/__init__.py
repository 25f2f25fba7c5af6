"""The rules of a handover that stages, gates, duties and doors share: the partner's clock, and what it may see."""
