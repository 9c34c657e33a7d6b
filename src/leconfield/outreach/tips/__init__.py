"""What the public tells us: from a sealed box to a graded report, with care for whoever told it."""
