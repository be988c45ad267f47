"""Compiled from `ui/` and `resources/` by the build hook; only this file is in git."""
