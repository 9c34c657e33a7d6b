"""Partners' feeds: TAXII 2.1 and MISP, to read. What lies here is sealed to each; it is opened while he asks."""
