"""What the program is called and which version of it runs; stands in every file it writes."""

NAME = "Relay"
VERSION = "0.1.0"
