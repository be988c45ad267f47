"""The parts of the main window that stand around the pages."""
