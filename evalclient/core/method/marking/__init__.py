"""Score sheets: which scores may be typed, whether they follow the document, and the marks they stand for."""
