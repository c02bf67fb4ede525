"""What belongs to one visitor's session, and the services that all sessions share."""
