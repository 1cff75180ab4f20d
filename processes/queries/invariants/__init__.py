"""Looks for what can never be so unless something was lost, doubled or damaged: one module for each kind of thing."""
