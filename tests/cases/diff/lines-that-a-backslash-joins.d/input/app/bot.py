from __future__ import annotations \

def on_message(raw):
    """Answers.""" \

    from app.forms import last, plain
    from app.kinds import Kind
    from app.late import late
    return plain.size + last.size + Kind().size + late()
