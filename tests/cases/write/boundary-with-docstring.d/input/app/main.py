from app.config import settings

def main(): print(settings.a)

if __name__ == "__main__":
    main()
