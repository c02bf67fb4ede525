"""Break it on purpose: the controls, and the baseline beside the ablation."""
