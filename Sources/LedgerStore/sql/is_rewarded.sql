-- Whether a point type is, or ever was, given as a reward, or its ranks rewarded. $1: its id. Locks: none. Cost: small
-- tables.
SELECT EXISTS (SELECT FROM reward_rules WHERE point_type_id = $1::uuid)
  OR EXISTS (SELECT FROM reward_rule_amounts WHERE point_type_id = $1::uuid)
  OR EXISTS (SELECT FROM reward_terms WHERE point_type_id = $1::uuid)
  OR EXISTS (SELECT FROM reward_budgets WHERE point_type_id = $1::uuid)
