-- Columns and scope of read_member; pgbench has no uuid variables, so the row is found by its other unique number.
\set number random(1, :members)
SELECT m.id, m.member_no, m.name, m.search_keys, m.id_number_sealed, m.id_number_index, m.phone_sealed, m.birth_on, m.sex, m.ethnicity, m.education, m.stage, m.joined_on, m.confirmed_on, m.organization_id, m.unit_id, m.root_id, m.left_on, m.is_active, m.version FROM members m JOIN party_organizations o ON o.id = m.organization_id WHERE o.path >= :low AND o.path < :high AND m.member_no = :number;
