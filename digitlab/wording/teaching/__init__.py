"""The page For teachers in words, and the sheets that it prints."""
