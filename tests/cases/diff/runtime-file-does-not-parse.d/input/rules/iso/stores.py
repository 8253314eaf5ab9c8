def store_of(tenant:
    return tenant
