"""The kit of the officers' pages: the frame around every page, ten widgets, styles and islands.

`kit.templates()` makes the Jinja environment, `kit.Frame` fills the frame, `values` are what the widgets are handed.
The living page of every widget in every state is `templates/about/widgets.html`.
"""
