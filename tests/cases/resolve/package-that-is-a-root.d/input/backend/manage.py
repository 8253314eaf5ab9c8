import projects.views

if __name__ == "__main__":
    projects.views.show({})
