-- Stores one item. A repeat fails on the key.
INSERT INTO items (id, note) VALUES ($1, $2)
