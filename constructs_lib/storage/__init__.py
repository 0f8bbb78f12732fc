"""What keeps the files of a space: its EBS volume, and file systems that are mounted."""
