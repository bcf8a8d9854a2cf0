"""Report `totals`: funding added up by a dimension and year."""
