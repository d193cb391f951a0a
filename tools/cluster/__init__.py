"""Measures and simulates what a cluster is for."""
