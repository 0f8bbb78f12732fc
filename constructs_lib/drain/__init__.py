"""Empties a Studio before CloudFormation deletes it, and removes what it leaves behind."""
