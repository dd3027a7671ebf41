"""The pages of the product: they read the clock and the request, and decide nothing.

What may be done is asked of `actions`; what may be read, of the territory. No view
knows a procedure by name.
"""
