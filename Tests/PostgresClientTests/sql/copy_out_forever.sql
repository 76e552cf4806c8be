-- Streams more than anybody reads.
COPY (SELECT repeat('x', 1000), generate_series(1, 100000000)) TO STDOUT
