"""The shared server: PostgreSQL, where every rule holds whatever program a person uses."""

from wfh_desktop.persistence.postgres.installing import install, read_sql, secure

__all__ = ["install", "read_sql", "secure"]
