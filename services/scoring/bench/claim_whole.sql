-- Every row file_claim writes: idempotency key, claim, event, kept answer, in one transaction.
\set key random(1, 9000000000000000)
BEGIN;
INSERT INTO idempotency_keys (subject, key, request_hash) VALUES (:member, 'bench-' || :key::bigint, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING RETURNING key;
INSERT INTO claims (id, root_id, organization_id, subject_kind, subject_id, catalogue_id, indicator_code, occurred_on, description, state, claimed_by, version) VALUES (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'member', gen_random_uuid(), :catalogue, 'M01', current_date, '为群众办实事一件', 'pending', gen_random_uuid(), 1);
INSERT INTO event_log (id, type, subject, subject_version, root_id, data, actor) VALUES (gen_random_uuid(), 'bench.row.written.v1', gen_random_uuid(), 1, gen_random_uuid(), '{"state": "pending", "subject_kind": "member", "occurred_on": "2026-01-01", "indicator_code": "M01"}', gen_random_uuid());
UPDATE idempotency_keys SET status = 201, headers = '{"content-type": "application/json"}', body = decode(repeat('00', 700), 'hex') WHERE subject = :member AND key = 'bench-' || :key::bigint;
COMMIT;
