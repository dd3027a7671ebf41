"""Comparing the register with what departments know (信息比对), by number alone.

Knows persons, declared kin and sheets; must not know who asked, nor what a hit means.
"""
