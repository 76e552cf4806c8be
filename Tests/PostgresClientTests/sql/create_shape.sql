-- A table that will change its shape.
CREATE TABLE IF NOT EXISTS shape (id int8)
