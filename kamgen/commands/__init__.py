"""The commands, a file each: they read the options, the clock and the disk, and print."""
