settings = (
