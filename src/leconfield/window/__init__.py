"""The window: the open side, a program for another host, which shows what was sealed and takes in what it cannot open.

Of ours it imports the formats that cross (`gate.bundles`) and `errors`, and nothing else.
"""
