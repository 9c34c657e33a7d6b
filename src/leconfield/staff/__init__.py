"""Staff: who is on duty when, fairly over months, so that somebody is always there for whoever calls."""
