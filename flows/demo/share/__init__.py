"""共有フォルダ (the share): what departments keep in files, one module a department.

Every function writes some files with a scribe. Lists that a real office would keep by hand are
cut where a hand would tire.
"""
