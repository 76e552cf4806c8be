-- Streams rows as text, in order.
COPY (SELECT id, note FROM copied ORDER BY id) TO STDOUT
