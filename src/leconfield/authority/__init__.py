"""Authority: what the law asks before anybody intrudes, and the value that every intrusive act must be handed."""
