"""The command line. Modules here import nothing heavy at the top: `fieldmark --help` must be quick to answer."""
