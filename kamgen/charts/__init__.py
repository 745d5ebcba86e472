"""The sorts of charts, a file per sort: each makes a `Chart` of records with words and numbers."""
