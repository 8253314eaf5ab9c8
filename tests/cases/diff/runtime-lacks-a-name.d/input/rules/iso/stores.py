def store_for(tenant):
    return tenant
