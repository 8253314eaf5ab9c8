#!/usr/bin/env python3
import os
import sys

sys.path.append(os.path.join(os.path.dirname(__file__), ".."))

from app.bot import name


def main():
    print(name("x"))


if __name__ == "__main__":
    main()
