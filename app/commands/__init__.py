"""What can be typed at a terminal: each command translates its words, calls one action or query, and prints."""
