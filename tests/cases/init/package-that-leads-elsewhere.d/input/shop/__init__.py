from shop.checks import check
