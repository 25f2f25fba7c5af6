"""Signing in, and what somebody keeps about their own account."""
