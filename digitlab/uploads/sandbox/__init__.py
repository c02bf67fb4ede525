"""Files of strangers are read in a process of its own, within limits of time and memory.

`asking` starts the process and gives it a file; `bounded` is how it runs; `confined` is what the
process calls at its other end; `answers` is what crosses the border, for both ends. What is read,
and what is said of it, is the business of those who ask.
"""
