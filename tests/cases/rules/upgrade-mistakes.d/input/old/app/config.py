global_config = object()
message_limits = object()
