-- A table for the tests of transactions.
CREATE TABLE items (id int8 PRIMARY KEY, note text NOT NULL)
