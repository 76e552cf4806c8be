-- Removes users' rows that this transaction created and that no account needs. $1: user ids. Nobody else can have seen
-- them. Repeats do nothing. Cost: two index look-ups a user.
DELETE FROM users u
WHERE u.id = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM accounts a WHERE a.user_id = u.id)
