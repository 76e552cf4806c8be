-- A table for COPY.
CREATE TABLE copied (id int8 PRIMARY KEY, note text NOT NULL)
