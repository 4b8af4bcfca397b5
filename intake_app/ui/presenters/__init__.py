"""What pages show and do, without a widget: testable without a window."""
