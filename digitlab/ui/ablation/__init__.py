"""The parts of the page Ablations, and the line about them on Prepare, Network and Train."""
