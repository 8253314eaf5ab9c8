def limits_of(context):
    return context
