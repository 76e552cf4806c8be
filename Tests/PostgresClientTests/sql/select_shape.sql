-- Answers all columns, however many there are.
SELECT * FROM shape
