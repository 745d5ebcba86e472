"""Key account management as code."""
