"""The deeds of accounts: inviting people, welcoming them, and keeping what they say about themselves."""

from accounts.services.errors import AccountsError
from accounts.services.invitations import (
    accept_invitation,
    draw_token,
    invite_person,
    withdraw_invitation,
)
from accounts.services.people import add_person, change_person, change_profile

__all__ = [
    "AccountsError",
    "accept_invitation",
    "add_person",
    "change_person",
    "change_profile",
    "draw_token",
    "invite_person",
    "withdraw_invitation",
]
