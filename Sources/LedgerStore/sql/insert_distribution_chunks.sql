-- By which postings a payout is paid. $1: its number; then for each: $2: the posting; $3: chunk; $4, $5: first and last
-- line; $6: attempt. Locks: the rows. The same attempt twice is refused (23505).
INSERT INTO distribution_chunks (distribution_number, posting_id, chunk, first_leg, last_leg, attempt)
SELECT $1::integer, t.posting, t.chunk, t.first, t.last, t.attempt
FROM unnest($2::uuid[], $3::integer[], $4::integer[], $5::integer[], $6::integer[])
  AS t (posting, chunk, first, last, attempt)
