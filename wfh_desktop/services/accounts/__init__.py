"""Who may sign in to a shared database, and what each may do in which unit, during which time.

A file on one computer has one user and no accounts. On a server each person has a login of their
own; what they may do follows from mandates, and the server itself sees to it.
"""

from wfh_desktop.services.accounts.changing import (
    MandateDraft,
    change,
    change_password,
    close,
    create,
    end,
    give,
    reopen,
    reset_password,
    withdraw,
)
from wfh_desktop.services.accounts.reading import (
    AccountRow,
    Candidate,
    MandateRow,
    Overview,
    Place,
    Standing,
    find,
    find_person,
    listing,
    mine,
    overview,
)

__all__ = [
    "AccountRow",
    "Candidate",
    "MandateDraft",
    "MandateRow",
    "Overview",
    "Place",
    "Standing",
    "change",
    "change_password",
    "close",
    "create",
    "end",
    "find",
    "find_person",
    "give",
    "listing",
    "mine",
    "overview",
    "reopen",
    "reset_password",
    "withdraw",
]
