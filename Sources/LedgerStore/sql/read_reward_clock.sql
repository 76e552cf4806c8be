-- The instant of a change of rewards: later than every change before, and than whatever anybody has read of them. Asked
-- when their lock is held. Locks: none. Cost: a look at the end of four indexes.
SELECT reward_clock() + interval '1 us'
