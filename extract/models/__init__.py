"""What we trained ourselves, with the script, data list and figures that made it."""
