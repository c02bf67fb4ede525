"""Numbers, names and verdicts in words: the only sentences about runs below the pages."""
