"""Validation: schemas, rules, and the findings they lead to."""
