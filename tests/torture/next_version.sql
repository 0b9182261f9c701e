-- A version that does not exist yet, so that there is always one to migrate to.
CREATE TABLE review (node_id TEXT NOT NULL, shadow TEXT NOT NULL) STRICT;
INSERT INTO review SELECT node_id, shadow FROM node;
CREATE INDEX review_by_node ON review (node_id, shadow);
ALTER TABLE node ADD COLUMN is_reviewed INTEGER;
