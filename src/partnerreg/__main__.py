"""`python -m partnerreg`."""

from partnerreg.cli.main import main

main()
