-- Which legs of postings did not take effect, and why. $1: the postings.
SELECT posting_id, leg, refusal, figures FROM refused_legs WHERE posting_id = ANY ($1::uuid[]) ORDER BY posting_id, leg
