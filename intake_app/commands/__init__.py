"""The subcommands of `intake-app`: each module adds its parser and runs it."""
