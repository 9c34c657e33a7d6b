"""Hostile input at every door: a clear refusal or an answer, never an error of our own."""
