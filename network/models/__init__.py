"""What is learned and shared, over all authorities and suppliers."""
