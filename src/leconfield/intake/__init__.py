"""Intake: files become reports, reports yield mentions and statements, tables are mapped; nothing is lost."""
