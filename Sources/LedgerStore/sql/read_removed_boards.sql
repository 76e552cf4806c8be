-- The boards that were removed within a month: their numbers and point types. Locks: none. Cost: one small table.
SELECT number, point_type_id FROM boards
WHERE state = 'removed' AND updated_at > clock_timestamp() - interval '30 days'
ORDER BY number
