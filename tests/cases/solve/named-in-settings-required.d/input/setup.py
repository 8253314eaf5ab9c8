from setuptools import setup

setup(name="desk", entry_points={"console_scripts": ["show = app.cli:show [colour]"]})
