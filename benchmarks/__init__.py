"""What `make bench` measures: ratios against bare SQL or a bare library in the same run."""
