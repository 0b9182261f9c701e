-- The log is the truth: `after` is kept once, here; `before` is the `after` of the change `previous` names.
CREATE TABLE log (
  sequence INTEGER PRIMARY KEY,
  change_id TEXT NOT NULL UNIQUE,
  recorded_at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  previous INTEGER REFERENCES log (sequence),
  after TEXT
) STRICT;

-- Present nodes. `key` is the sequence of the change that made the node, `head` that of its last change.
-- The other columns are what queries filter and order by; '' where unknown in a column that orders.
CREATE TABLE node (
  key INTEGER PRIMARY KEY,
  node_id TEXT NOT NULL UNIQUE,
  head INTEGER NOT NULL REFERENCES log (sequence),
  label TEXT NOT NULL,
  published TEXT NOT NULL DEFAULT '',
  document_id TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  kind TEXT,
  publisher TEXT,
  target_id TEXT,
  claim_id TEXT,
  outcome TEXT,
  shadow TEXT NOT NULL
) STRICT;
-- One index for each order, then one for each filter that may leave little (see kg.store.planning).
CREATE INDEX node_by_id ON node (label, node_id);
CREATE INDEX node_by_published ON node (label, published, node_id);
CREATE INDEX node_by_position ON node (document_id, position, node_id);
CREATE INDEX node_by_publisher ON node (publisher, published, node_id) WHERE publisher IS NOT NULL;
CREATE INDEX node_by_target ON node (target_id, published, node_id) WHERE target_id IS NOT NULL;
CREATE INDEX node_by_claim ON node (claim_id, published, node_id) WHERE claim_id IS NOT NULL;
CREATE INDEX node_by_outcome ON node (outcome, published, node_id) WHERE outcome IS NOT NULL;

-- With the columns that order, so that a page of one actor's claims is read off in order.
CREATE TABLE node_actor (
  actor_id TEXT NOT NULL,
  published TEXT NOT NULL,
  node_id TEXT NOT NULL,
  key INTEGER NOT NULL REFERENCES node (key),
  PRIMARY KEY (actor_id, published, node_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX node_actor_by_key ON node_actor (key, actor_id);

CREATE TABLE node_period (
  key INTEGER NOT NULL REFERENCES node (key),
  first_day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  PRIMARY KEY (key, first_day, last_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX node_period_by_end ON node_period (last_day, first_day, key);

CREATE TABLE edge (
  key INTEGER PRIMARY KEY,
  edge_id TEXT NOT NULL UNIQUE,
  head INTEGER NOT NULL REFERENCES log (sequence),
  source INTEGER NOT NULL REFERENCES node (key),
  target INTEGER NOT NULL REFERENCES node (key)
) STRICT;
CREATE INDEX edge_by_source ON edge (source, target);
CREATE INDEX edge_by_target ON edge (target, source);

-- The last change of what was removed, so that its history is still found.
CREATE TABLE removed (
  element_id TEXT PRIMARY KEY,
  head INTEGER NOT NULL REFERENCES log (sequence)
) STRICT, WITHOUT ROWID;

-- Pairs of characters, see kg.store.bigrams; the text itself is in node.shadow. `prefix` is for single ones.
CREATE VIRTUAL TABLE search USING fts5 (
  grams, content = '', detail = none, columnsize = 0, prefix = 1, tokenize = 'ascii'
);
