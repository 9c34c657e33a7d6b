"""Partner feeds, inside: who reads which collection, by which key; what was put into it, and taken back.

Nothing gets into a feed but a file that was prepared for that partner, passed the gate and was sealed.
"""
