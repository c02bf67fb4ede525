"""What crosses a border between processes: jobs, their epochs, their networks and their answers."""
