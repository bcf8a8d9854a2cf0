"""Files laid out, set right and, in time, made."""
