"""How claims stand to each other: which repeat, contradict or replace one another, and what all of them say together.

A relation needs explicit values on both sides (a figure, a chance, a movement in a window); likeness of words decides
nothing. Whatever is in doubt (another unit, another basis, another condition, a target that was carried over) is not
compared.
"""
