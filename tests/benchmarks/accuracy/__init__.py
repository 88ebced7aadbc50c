"""``make accuracy``: what is found and what isn't, one module a measure, each beside its bar.

Everything is measured on data apart from what trained or tuned the detector: open sentences held
apart by a hash, sets written here alone, generated tables. Data that is absent is named, and the
measures that need it are left out.
"""
