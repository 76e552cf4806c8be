-- All point types and the generation of the definitions, which are few. Locks: none. Cost: one small table.
SELECT s.generation, t.id, t.name, t.display_name, t.description, t.enabled, t.min_amount, t.max_amount, t.created_at,
  t.updated_at
FROM settings s LEFT JOIN point_types t ON true
ORDER BY t.name
