"""Files of strangers: networks and pictures, read as data in processes of their own. Nothing in them is ever run."""
