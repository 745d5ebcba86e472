"""What a plan and a portfolio are: frozen records with kinds, units and meaning, a file per part."""
