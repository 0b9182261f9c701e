-- Uniqueness moves from the tables into indexes of their own, which a bulk load makes when all rows are in; nodes get
-- the columns of more filters. What the new columns hold is worked out from the log (see kg.store.migrating).
CREATE TABLE log_2 (
  sequence INTEGER PRIMARY KEY,
  change_id TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  previous INTEGER REFERENCES log (sequence),
  after TEXT
) STRICT;
INSERT INTO log_2 SELECT sequence, change_id, recorded_at, who, why, previous, after FROM log;
DROP TABLE log;
ALTER TABLE log_2 RENAME TO log;
CREATE UNIQUE INDEX log_by_change ON log (change_id);

-- `outcome` and `due` of a claim are where it stands (see kg.store.standing); `window_end` is its own.
-- '' and -1 stand for unknown in a column that orders.
CREATE TABLE node_2 (
  key INTEGER PRIMARY KEY,
  node_id TEXT NOT NULL,
  head INTEGER NOT NULL REFERENCES log (sequence),
  label TEXT NOT NULL,
  published TEXT NOT NULL DEFAULT '',
  document_id TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT,
  publisher TEXT,
  target_id TEXT,
  claim_id TEXT,
  indicator_id TEXT,
  outcome TEXT,
  said_on TEXT,
  window_end TEXT,
  due TEXT NOT NULL DEFAULT '',
  check_worthiness REAL NOT NULL DEFAULT -1,
  shadow TEXT NOT NULL
) STRICT;
INSERT INTO node_2 (key, node_id, head, label, published, document_id, position, kind, publisher, target_id, claim_id,
                    outcome, shadow)
SELECT key, node_id, head, label, published, document_id, position, kind, publisher, target_id, claim_id, outcome, shadow
FROM node;
DROP TABLE node;
ALTER TABLE node_2 RENAME TO node;
CREATE UNIQUE INDEX node_by_node_id ON node (node_id);
CREATE INDEX node_by_id ON node (label, node_id);
CREATE INDEX node_by_published ON node (label, published, node_id);
CREATE INDEX node_by_position ON node (document_id, position, node_id);
CREATE INDEX node_by_worthiness ON node (label, check_worthiness, node_id);
CREATE INDEX node_by_due ON node (label, due, node_id);
CREATE INDEX node_by_publisher ON node (publisher, published, node_id) WHERE publisher IS NOT NULL;
CREATE INDEX node_by_target ON node (target_id, published, node_id) WHERE target_id IS NOT NULL;
CREATE INDEX node_by_claim ON node (claim_id, published, node_id) WHERE claim_id IS NOT NULL;
CREATE INDEX node_by_indicator ON node (indicator_id, published, node_id) WHERE indicator_id IS NOT NULL;
CREATE INDEX node_by_outcome ON node (outcome, published, node_id) WHERE outcome IS NOT NULL;
CREATE INDEX node_by_said ON node (said_on, node_id) WHERE said_on IS NOT NULL;

CREATE TABLE edge_2 (
  key INTEGER PRIMARY KEY,
  edge_id TEXT NOT NULL,
  head INTEGER NOT NULL REFERENCES log (sequence),
  source INTEGER NOT NULL REFERENCES node (key),
  target INTEGER NOT NULL REFERENCES node (key)
) STRICT;
INSERT INTO edge_2 SELECT key, edge_id, head, source, target FROM edge;
DROP TABLE edge;
ALTER TABLE edge_2 RENAME TO edge;
CREATE UNIQUE INDEX edge_by_edge_id ON edge (edge_id);
CREATE INDEX edge_by_source ON edge (source, target);
CREATE INDEX edge_by_target ON edge (target, source);
