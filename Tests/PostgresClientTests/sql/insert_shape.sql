-- Stores a row.
INSERT INTO shape (id) VALUES (7)
