-- Opens a transaction at the session's default isolation.
-- Parameters: none. Returns: nothing. Locks: none.
-- Repeat: harmless, a second BEGIN is a warning. Cost: travels with the first statement, no round trip of its own.
BEGIN
