"""The peer: a plain Flask application on SpiffWorkflow that keeps JSON in SQLite, as many would write it in a day."""
