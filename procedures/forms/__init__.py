"""The forms in which officers write down the facts that gates read.

Know the fields of facts and what may be typed in them; no page and no template.
"""
