"""What is wrong: schemas, rules, findings."""
