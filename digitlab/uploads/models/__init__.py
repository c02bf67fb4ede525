"""A network that a visitor uploads, read as data: nothing in it is ever run.

Keras's own `load_model` can run a stranger's code. Here the file is opened (`archive`: a `.keras`
file; `legacy_hdf5`: an `.h5` file), whatever dialect its config is in becomes one list of layers
(`flat`, `functional`, `described`), each is checked against those that the lab knows (`settings`,
`architecture`), its arrays are read by name and shape (`arrays`, `hdf5`), all of it in a process of
its own with limits of time and memory (`isolated`, `child`). What it refuses, crosses to the web
process as a code with values (`refusals`).
"""
