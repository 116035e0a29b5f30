"""Agenda and record become a document, and the document bytes in a format."""
