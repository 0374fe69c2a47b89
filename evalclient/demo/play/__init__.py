"""The demo with a display: a newcomer takes one seat, everybody else is driven through the desk at a human pace."""
