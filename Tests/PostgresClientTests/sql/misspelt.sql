-- Cannot be prepared.
SELEKT 1
