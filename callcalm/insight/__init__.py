"""What rounds tell: the re-read, the reveal, the transcript, and the sentences both front ends say them in."""
