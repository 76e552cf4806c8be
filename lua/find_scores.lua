-- Finds the scores of some members of a sorted set.
--
-- KEYS     1 the sorted set
-- ARGV     the members
-- Returns  the score of each, empty for whoever is not in it.
-- Repeats  It writes nothing.
-- Cost     about 2 us a member among 1,000,000; 512 a call.
local scores = {}
for index = 1, #ARGV do scores[index] = redis.call('ZSCORE', KEYS[1], ARGV[index]) or '' end
return scores
