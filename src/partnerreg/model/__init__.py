"""The data model: records as frozen structs, dates, amounts, codelists."""
