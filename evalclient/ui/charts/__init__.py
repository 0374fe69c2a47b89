"""Charts; pyqtgraph is imported when the first one is shown, for it costs a third of a second."""
