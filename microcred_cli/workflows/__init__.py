"""The verbs: each joins the rooms below it into what one command does. Clock and ids enter here."""
