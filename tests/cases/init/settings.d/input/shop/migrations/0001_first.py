def forward():
    pass
