"""Strict YAML: bytes to plain data with positions."""
