def get_isolated_manager(tenant):
    return tenant
