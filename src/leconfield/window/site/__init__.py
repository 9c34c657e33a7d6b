"""The pages that the window serves: a kit (`kit`, `journeys`), the application (`app`), and a module for each area."""
