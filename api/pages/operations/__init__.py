"""Pages of operations: references and numbers, never names."""
