from django.template import Library

register = Library()


@register.simple_tag
def tag_0(value):
    return value


@register.simple_tag
def tag_1(value):
    return value


@register.simple_tag
def tag_2(value):
    return value


@register.simple_tag
def tag_3(value):
    return value


@register.simple_tag
def tag_4(value):
    return value


@register.simple_tag
def tag_5(value):
    return value
