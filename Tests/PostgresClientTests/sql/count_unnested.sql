-- Counts the rows of two parallel arrays and sums the first.
SELECT count(*), coalesce(sum(amount), 0)::int8 FROM unnest($1::int8[], $2::text[]) AS t (amount, note)
