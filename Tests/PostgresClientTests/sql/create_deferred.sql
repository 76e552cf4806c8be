-- A table whose constraint is checked at commit only.
CREATE TABLE deferred (id int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)
