from shop.mail import sender


def order(request):
    return sender()
