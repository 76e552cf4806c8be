-- Notes what somebody decided, in the transaction in which it is done. $1: who; $2: what; $3, $4: the id and the name
-- of what it was done to; $5: fields; $6: their values before; $7: and after. Returns nothing. Locks: none.
-- Repeats note it again. Cost: one row and its two index entries.
INSERT INTO audit (actor, action, subject, subject_name, fields, was, became) VALUES ($1, $2, $3, $4, $5, $6, $7)
