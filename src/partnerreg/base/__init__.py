"""What every package may use: errors, diagnostics, limits, text fit to be printed."""
