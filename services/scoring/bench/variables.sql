SELECT id::text AS catalogue FROM catalogues WHERE subject_kind = 'member' LIMIT 1
