"""The mosaic: what was said over time about a persona, and how many people it still fits."""
