"""A network that a visitor brings in a `.keras` file, read as data: nothing in it is ever run.

Keras's own `load_model` can run a stranger's code. Here the file's config is read against a list
of layers that the lab knows (`config`, `layers`, `stack`), its arrays by name and shape (`archive`,
`arrays`), all of it in a process of its own with limits of time and memory (`isolated`, `child`).
"""
