"""The shared server: PostgreSQL, where every rule holds whatever program a person uses."""

from wfh_desktop.persistence.postgres.checking import Finding, check
from wfh_desktop.persistence.postgres.console import Console
from wfh_desktop.persistence.postgres.installing import install, secure
from wfh_desktop.persistence.postgres.sending import read_sql

__all__ = ["Console", "Finding", "check", "install", "read_sql", "secure"]
