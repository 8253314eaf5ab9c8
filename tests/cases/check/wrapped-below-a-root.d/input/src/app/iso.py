class Context:
    pass


def scoped(model, context):
    return model
