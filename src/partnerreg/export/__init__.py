"""The registry as other tools want it: the tables of the data set, and one writer a format."""
