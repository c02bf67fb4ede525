"""What stands around every page: its frame, the path, links, the gate, the locks of a lesson."""
