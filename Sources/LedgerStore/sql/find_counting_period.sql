-- A period of a board in which places of accounts still stand: it is neither stored nor given up, nor is its board
-- being filled. $1: the board; $2: the period's number. Returns the number. Locks: none. Cost: two index look-ups.
SELECT p.number FROM periods p JOIN boards b ON b.id = p.board_id
WHERE p.board_id = $1::uuid AND p.number = $2::integer AND p.state IN ('open', 'closing', 'failed')
  AND b.state = 'ready'
