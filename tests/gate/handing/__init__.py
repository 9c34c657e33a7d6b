"""Tests of `leconfield.gate.handing`."""
