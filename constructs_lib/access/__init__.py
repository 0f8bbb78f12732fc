"""Who may do what: execution roles and the statements in them."""
