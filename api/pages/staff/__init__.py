"""Pages of the staff who work on cases."""
