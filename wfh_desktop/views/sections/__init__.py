"""The sections of the page Atur, one module for each."""
