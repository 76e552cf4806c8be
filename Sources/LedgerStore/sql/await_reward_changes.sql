-- Waits for changes of rewards that are under way; asked before what held at an instant is read, by a statement of its
-- own. Returns the time: what held then, or before, does not change any more. Locks: that of rewards, shared, for a
-- moment. Cost: as long as the change of another takes.
SELECT await_reward_changes()
