"""Handing over: what is made for somebody outside becomes a release, and leaves when that is sealed.

The desk makes files for partners and schedules for courts; it cannot let them go. Here such a file is put into a
release, byte for byte; when the gate has passed it, two have approved it and it is sealed, it is handed over, and only
then there is a receipt. Downloads for the reader himself, under his own labels, are reads and not among this.
"""
