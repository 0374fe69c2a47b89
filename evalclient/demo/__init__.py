"""The demo evaluation: its tender, bids and certificates, and the persons who carry it out."""
