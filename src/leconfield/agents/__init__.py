"""Agents: the register that the law asks for, handlers' work, the corridor between who told and what was told."""
