from app.desk import label

cpdef str twice():
    return label() + label()
