-- Stores a number; a repeat fails at commit.
INSERT INTO deferred (id) VALUES ($1)
