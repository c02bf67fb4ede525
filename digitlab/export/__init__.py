"""What a learner takes home of a run: a script, a notebook, a report to hand in."""
