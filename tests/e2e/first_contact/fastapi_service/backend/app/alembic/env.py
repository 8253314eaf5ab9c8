from app.config import settings

print(settings.name)
