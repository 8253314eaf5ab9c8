from app.reply import shared


def main():
    return shared()
