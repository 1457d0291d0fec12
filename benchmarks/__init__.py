"""Figures that show how fast the platform is: ratios against a baseline measured in the same run."""
