"""People of a unit: who they are, and what was true of them when."""

from wfh_desktop.services.people.roster import ActingRow, PersonRow, by_rank, roster, term, valid

__all__ = ["ActingRow", "PersonRow", "by_rank", "roster", "term", "valid"]
