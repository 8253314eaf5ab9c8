from app.bot import Reply, named, sender

def go(:
    Reply("a").send()
    sender.send_all()
    return named("b")
