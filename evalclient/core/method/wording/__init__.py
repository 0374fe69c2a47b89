"""The method and its calculation in words, in Chinese and English."""
