"""What came of runs in words: scores, the exam, and what may be said of two of them."""
