"""What an office decides about its papers and rules: kop surat, who signs, which rules hold."""

from wfh_desktop.services.office.letters import (
    LetterheadDraft,
    SignatoryDraft,
    appoint,
    correct_signatory,
    set_letterhead,
    set_logo,
    withdraw_signatory,
)
from wfh_desktop.services.office.papers import (
    ROLES,
    LetterheadRow,
    SignatoryRow,
    appointed,
    letterhead,
    signatories,
)
from wfh_desktop.services.office.rules import (
    AmountDraft,
    AmountRow,
    CeilingRow,
    ChoiceRow,
    amounts,
    ceilings,
    choices,
    choose_rules,
    correct_choice,
    set_amounts,
    set_ceilings,
)

__all__ = [
    "ROLES",
    "AmountDraft",
    "AmountRow",
    "CeilingRow",
    "ChoiceRow",
    "LetterheadDraft",
    "LetterheadRow",
    "SignatoryDraft",
    "SignatoryRow",
    "amounts",
    "appoint",
    "appointed",
    "ceilings",
    "choices",
    "choose_rules",
    "correct_choice",
    "correct_signatory",
    "letterhead",
    "set_amounts",
    "set_ceilings",
    "set_letterhead",
    "set_logo",
    "signatories",
    "withdraw_signatory",
]
