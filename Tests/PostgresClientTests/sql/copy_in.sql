-- Takes rows as text.
COPY copied (id, note) FROM STDIN
