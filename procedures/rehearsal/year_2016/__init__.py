"""The year 2016 of Xiangxi played again with invented people (2016年全程重放).

`figures` is what the founding document says, `rates` what is assumed, `plan` decides
who is reported, returned, exited, removed and added, `peopling` makes register and
officers, `script` says what each household meets at a desk, `village` drives the lists
of one village through the real acts, `running` all villages, `proving` compares the
outcome with the document. Training only; nobody in it lives.
"""
