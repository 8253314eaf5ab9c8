from app.bot import name

print(name("y"))
