-- The one row of file_claim, committed.
INSERT INTO claims (id, root_id, organization_id, subject_kind, subject_id, catalogue_id, indicator_code, occurred_on, description, state, claimed_by, version) VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'member', gen_random_uuid(), :catalogue, 'M01', current_date, '为群众办实事一件', 'pending', gen_random_uuid(), 1);
