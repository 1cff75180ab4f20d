"""What a head of unit does to step into the course of a case: each with a look at what it leads to, and a reason."""
