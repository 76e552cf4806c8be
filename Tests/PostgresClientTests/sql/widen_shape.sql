-- Changes the shape.
ALTER TABLE shape ADD COLUMN extra text
