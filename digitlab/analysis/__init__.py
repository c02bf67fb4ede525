"""Numbers from results, without Streamlit: what a network's answers and a visitor's runs say.

evaluation, confidence and stability work on the probabilities for the test digits;
layer_arithmetic on one forward pass; comparison, differences, seed_runs and ablation on runs.
"""
