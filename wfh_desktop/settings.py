"""What one user on one computer prefers. What the office decides is in the database."""
