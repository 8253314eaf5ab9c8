class Store:
    _instance = None

    def __new__(cls):
        from app.pool import pool
        if cls._instance is None:
            cls._instance = super().__new__(cls)
        return cls._instance

    def name_of(self, raw):
        from app.pool import pool
        return pool.get()


store = Store()
