from app import store

colours = ["red"]
