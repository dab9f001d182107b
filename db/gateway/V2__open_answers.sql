-- Answers without their end, which are looked for by age.
CREATE INDEX answer_open ON answer (created_at) WHERE finish_reason = 'open';
