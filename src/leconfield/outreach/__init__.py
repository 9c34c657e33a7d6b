"""What the inside does with its open side: orders out, boxes in, the editor's desk. Words leave by the gate alone."""
