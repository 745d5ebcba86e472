"""What kamgen writes for other programs, a file per format."""
