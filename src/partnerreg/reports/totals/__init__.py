"""Funding added up."""
