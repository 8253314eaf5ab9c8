print("a",
      b)  # kept
print()
