"""Files of strangers: networks and pictures, read as data and never run, in sandboxes."""
