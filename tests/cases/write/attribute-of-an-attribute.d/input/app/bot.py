from app.parts import Part


def on_message(part: Part, parts: list[Part]):
    print(part.config.options.loud)
    print(part.config.copy().options)
    print(parts[0].config.options, part.config)
