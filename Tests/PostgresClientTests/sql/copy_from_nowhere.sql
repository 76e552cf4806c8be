-- Fails before it begins.
COPY missing FROM STDIN
