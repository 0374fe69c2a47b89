"""Demo people: each pilot looks at its desk and does the next thing that is due, through the desk alone."""
