"""The figures of an account and of a portfolio, one function each, a file per family."""
