-- Whose the transactions are that lie between two places: for hashes of which no account was found. $1, $2: the places
-- from which and before which; $3: the seed of the hashes. Returns hash, user and point type, of consecutive rows
-- perhaps the same. Locks: none. Cost: the pages between the places.
SELECT hashtextextended(user_id, uuid_hash_extended(point_type_id, $3::bigint)), user_id, point_type_id
FROM transactions
WHERE ctid >= $1::tid AND ctid < $2::tid
