"""The door to the engines that run SQL."""
