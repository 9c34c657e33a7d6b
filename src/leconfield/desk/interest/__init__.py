"""Subjects of interest: their tier, state and residual risk; the standing watch over those that were closed."""
