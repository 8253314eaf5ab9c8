settings = object()
limits = object()
