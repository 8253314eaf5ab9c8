class Nothing:
    def name(self):
        from app.shebang import name

        return name()
