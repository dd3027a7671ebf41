"""The four ledgers and the prefecture's base (州有库、县有档、乡有簿、村有册、户有卡).

All are sums of one value, the figures of a village on a day. `figures` is that value,
`folding` makes it from households and members, `counting` keeps it for the present day,
`books` lays it out by place. None of them writes the register.
"""
