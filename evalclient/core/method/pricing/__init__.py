"""The price evaluation: populations, benchmarks and price scores, every step kept."""
