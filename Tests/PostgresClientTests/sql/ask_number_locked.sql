-- Answers the number, in a unit of its own.
SELECT $1::int8
