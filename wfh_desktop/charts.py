"""Matplotlib figures, the same for screen and paper; imported on first use."""
