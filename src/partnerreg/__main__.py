"""`python -m partnerreg`."""

from partnerreg.cli import main

main()
