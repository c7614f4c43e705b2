"""Identifies people: accounts, roles, organisations, invitations."""
