"""The window of the person whose case it is."""
