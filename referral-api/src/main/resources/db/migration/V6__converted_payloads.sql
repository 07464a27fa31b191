-- A body that is no JSON of FHIR R4 (XML, STU3, R5) as what it was converted to. The body stays as it was sent; offsets and
-- lengths of resources count in coalesce(converted, body).
alter table submission add column converted bytea;
