"""What is told on paper: papers, numbers, postings, objections.

Knows not how a case moves.
"""
