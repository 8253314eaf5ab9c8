settings = object()
limits = object()
unread = object()
