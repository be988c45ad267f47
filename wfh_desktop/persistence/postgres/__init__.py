"""The shared server: PostgreSQL, where every rule holds whatever program a person uses."""

from wfh_desktop.persistence.postgres.installing import install, secure
from wfh_desktop.persistence.postgres.sending import read_sql

__all__ = ["install", "read_sql", "secure"]
