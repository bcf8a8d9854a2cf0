"""What dates and figures mean on a day: pure functions."""
