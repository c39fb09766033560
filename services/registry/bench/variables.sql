SELECT path AS low, left(path, -1) || '0' AS high, (SELECT count(*) FROM members)::text AS members,
       (SELECT min(id::text) FROM members) AS member
FROM party_organizations ORDER BY path LIMIT 1
