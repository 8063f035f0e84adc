"""The methods: each file holds the SQL by which scores become one."""
