from app.bot import decoded

print(decoded("жа"))
