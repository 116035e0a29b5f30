"""grcp, a command-line facilitation toolkit for intergovernmental meetings."""
