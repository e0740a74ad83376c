"""Certificate: what was completed, and proof that anyone can verify."""
