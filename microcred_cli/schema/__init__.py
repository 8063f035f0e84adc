"""The structure of the rubric and the project file, written once.

From it come the records, the structural findings and the JSON Schema for editors.
"""
