-- Remembers which legs of postings did not take effect. $1: the rows. In the transaction of the postings.
INSERT INTO refused_legs (posting_id, leg, refusal, figures, created_at)
SELECT posting_id, leg, refusal, figures, created_at FROM unnest($1::refused_leg_row[])
