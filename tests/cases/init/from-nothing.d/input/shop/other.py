from shop.store import store
