from app import forms
from app.forms import annotated, plain


def on_message(raw):
    return plain.size, annotated.size, forms.commented.size, forms.get_late().size, forms.conditional
