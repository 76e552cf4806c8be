-- Answers its parameters: an array of each type.
SELECT $1::bool[], $2::int2[], $3::int4[], $4::int8[], $5::float8[], $6::text[], $7::bytea[],
  $8::uuid[], $9::timestamptz[], $10::jsonb[]
