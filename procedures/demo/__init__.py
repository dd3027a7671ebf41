"""The demonstration: three villages, their officers, lists part of the way.

Everything goes through the same actions as in earnest; the people are invented.
"""
