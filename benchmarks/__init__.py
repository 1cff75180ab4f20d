"""Measures how fast, how small and how punctual Kvarboende is: the same on every database, beside a plain peer."""
