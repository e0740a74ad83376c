"""What keeps the repository in step with itself: translation catalogues and generated documents."""
