-- Where a page of all accounts ends, in the order of users and point types. $1, $2: the account before the page;
-- $3: how many belong to it, and $4: how many transactions they may have together; one account does, however many it
-- has. Returns the last of them, or nothing if all that are left belong to the page and are fewer.
-- Locks: none. Cost: one range of the primary key.
WITH page AS (
  SELECT user_id, point_type_id, row_number() OVER in_order AS place, sum(version) OVER in_order AS links
  FROM (
    SELECT user_id, point_type_id, version FROM accounts
    WHERE (user_id, point_type_id) > ($1::text, $2::uuid)
    ORDER BY user_id, point_type_id
    LIMIT $3::bigint
  ) a
  WINDOW in_order AS (ORDER BY user_id, point_type_id ROWS UNBOUNDED PRECEDING)
)
SELECT user_id, point_type_id FROM page
WHERE place = (SELECT max(place) FROM page WHERE place = 1 OR links <= $4::bigint)
  AND (place = $3::bigint OR place < (SELECT count(*) FROM page))
