"""The web app: a Django project with one folder per feature. It holds no medical rule; it asks the engine."""
