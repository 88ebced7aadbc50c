"""再判定 (replay): fields judged again from what a scan kept, under the rules installed now.

A changed threshold, weight or header word needs nothing of the source. A changed recognizer
(pattern, folding, model) reads again the datasets in which it saw something, and no others; so
does a verdict for which no tokens were made. What a changed recognizer would see where it saw
nothing only a scan tells.
"""
