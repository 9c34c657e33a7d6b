"""Two worlds that differ only in secrets: nothing a low reader may ask tells them apart."""
