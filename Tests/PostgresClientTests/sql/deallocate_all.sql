-- Has the server forget its prepared statements.
DEALLOCATE ALL
