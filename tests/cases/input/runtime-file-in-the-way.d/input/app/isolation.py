# something else
