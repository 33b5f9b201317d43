-- Why an operator did something that they have to answer for; none for deeds that speak for themselves.
ALTER TABLE operator_deeds ADD COLUMN reason TEXT;
