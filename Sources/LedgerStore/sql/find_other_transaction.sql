-- Whether there is a transaction that a service other than this one made. $1: the service.
-- Locks: none. Cost: reads transactions until one is found; all of them, if all are this service's.
SELECT EXISTS (SELECT FROM transactions WHERE created_by <> $1)
