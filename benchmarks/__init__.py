"""What is measured, against whom: ratios within one run on one machine, never bare seconds.

``make bench`` runs all; ``python -m benchmarks reading`` runs one.
"""
