settings = object()
default = object()
