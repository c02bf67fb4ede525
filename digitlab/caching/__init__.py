"""What is held in memory so that it is not computed or stored twice, within a bound."""
