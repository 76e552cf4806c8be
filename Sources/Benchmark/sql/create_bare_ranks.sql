-- The table that the yardstick of a snapshot writes into: no index, no condition. No parameters. Returns nothing.
-- Locks: none that matters. A repeat is refused. Cost: nothing.
CREATE TABLE bare_ranks (rank integer, user_id text, score bigint, reached_at timestamptz, version bigint);
