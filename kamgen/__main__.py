"""`python -m kamgen` is `kamgen`."""

from kamgen.cli import main

main()
