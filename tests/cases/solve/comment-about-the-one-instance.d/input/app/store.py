# A Singleton, of old.

class Store:
    """Stays a singleton in words of its own."""

    rows = {}


# Who asks for it gets
# the global instance.
store = Store()  # there is a single instance

other = 1  # not a singleton
