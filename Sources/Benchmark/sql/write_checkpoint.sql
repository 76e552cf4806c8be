-- Has everything on disk, so that what is measured next does not pay for what was written before. No parameters.
-- Returns nothing. Locks: none. A repeat does no harm. Cost: what there is to write.
CHECKPOINT;
