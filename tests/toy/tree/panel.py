title = "weft"
