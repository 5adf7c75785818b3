"""Programs talk: the HTTP APIs of the products whose scripts, SDKs and Terraform keep working here."""
