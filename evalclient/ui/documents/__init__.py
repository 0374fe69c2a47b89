"""Documents on the screen: a renderer in a process of its own, its client, and the view."""
