from app.reply import shared


class Task:
    def run(self):
        return shared()
