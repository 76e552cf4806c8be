-- Has the server remark something.
DO $$ BEGIN RAISE NOTICE 'mind the gap'; END $$
