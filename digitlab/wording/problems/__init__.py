"""Why something can't be done, in words, with what to do: a sentence for each code that travels."""
