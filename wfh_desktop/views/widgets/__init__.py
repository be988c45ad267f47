"""Widgets that forms promote to."""
