store = object()
