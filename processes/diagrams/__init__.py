"""Diagrams as files: reads a folder of them, and checks everything that must be right before they are published."""
