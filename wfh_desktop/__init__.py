"""Supervision of civil servants who work from home or in the office, up to their pay supplement."""

__version__ = "0.1.0"
