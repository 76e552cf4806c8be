-- Answers the setting $1.
SELECT current_setting($1)
