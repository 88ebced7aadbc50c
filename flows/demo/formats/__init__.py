"""The file formats the company keeps its data in, one module each.

Every writer puts down the same bytes for the same cells, and notes each record with its scribe.
"""
