-- Answers the number it is asked. Changes nothing.
SELECT $1::int8
