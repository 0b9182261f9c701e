-- Under whom a node is filed is kept node by node, in the order in which nodes come; the index has them actor by actor.
CREATE TABLE node_actor_4 (
  key INTEGER NOT NULL REFERENCES node (key),
  actor_id TEXT NOT NULL,
  published TEXT NOT NULL,
  node_id TEXT NOT NULL,
  PRIMARY KEY (key, actor_id)
) STRICT, WITHOUT ROWID;
INSERT INTO node_actor_4 SELECT key, actor_id, published, node_id FROM node_actor ORDER BY key, actor_id;
DROP TABLE node_actor;
ALTER TABLE node_actor_4 RENAME TO node_actor;
-- With the columns that order, so that a page of one actor's claims is read off in order.
CREATE INDEX node_actor_by_actor ON node_actor (actor_id, published, node_id);

-- No search begins at an indicator, and none that begins at a target or a day of statement is in the order of anything.
DROP INDEX node_by_indicator;
DROP INDEX node_by_target;
DROP INDEX node_by_said;
CREATE INDEX node_by_target ON node (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX node_by_said ON node (said_on) WHERE said_on IS NOT NULL;
