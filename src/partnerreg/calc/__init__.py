"""Dates and money on a given day: pure functions of the model."""
