"""How far raters agree: one statistic a file, in plain Python.

Levels are numbers from 0 to ``categories`` - 1 in the order of the scale. ``categories`` counts the levels
there are, not those that occur: the weights depend on it.
"""
