"""One module per attendance format."""
