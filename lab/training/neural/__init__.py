"""Train the neural reader: examples, network, losses, the loop, and the file that ships.

    python -m lab.training.neural --data ../shared/qa

See the README beside this file.
"""
