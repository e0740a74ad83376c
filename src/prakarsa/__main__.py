"""`python -m prakarsa` is the `prakarsa` command."""

from prakarsa.cli.main import main

main()
