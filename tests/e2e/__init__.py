"""The product as people meet it: one demo desk, served for real, in a real Chromium."""
