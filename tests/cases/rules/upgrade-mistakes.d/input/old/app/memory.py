memory = object()
