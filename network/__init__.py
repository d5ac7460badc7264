"""What is learned and shared: the conversation of everybody who works at Maatwerk voor Mensen."""
