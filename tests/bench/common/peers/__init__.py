"""Other engines at the same work. They live in an environment of their own and know nothing of this product."""
