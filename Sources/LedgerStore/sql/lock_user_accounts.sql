-- Locks all accounts of a user, whose row the caller has locked. $1: user id. Returns nothing of use.
-- Locks: the rows, in the one order that everybody locks accounts in. Cost: one index range.
SELECT 1 FROM accounts WHERE user_id = $1 ORDER BY point_type_id FOR NO KEY UPDATE
