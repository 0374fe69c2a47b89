"""What a file says of its author beside its content (元数据): taken out before a bid is sealed, without changing a page."""

from evalclient.desk.metadata.cleaning import CleanedStream, Cleaning, clean

__all__ = ["CleanedStream", "Cleaning", "clean"]
