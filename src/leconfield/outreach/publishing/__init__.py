"""Where releases go beside our own site, what became of each delivery, what people wrote beneath, and the stop."""
