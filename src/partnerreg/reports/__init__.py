"""Reports: pure functions of a registry and a day to a `Report`."""
