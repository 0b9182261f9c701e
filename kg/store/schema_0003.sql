-- Who changed something, when and why is kept once for all changes that share it, with a digest, for no id is made from
-- who and why (see kg.store.stamping). A claim is found by its own id, so `claim_id` says of other nodes alone which
-- claim they are about. Texts leave out captions that are heads of them.
CREATE TABLE stamp (
  stamp_id INTEGER PRIMARY KEY,
  recorded_at TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  digest INTEGER
) STRICT;
INSERT INTO stamp (recorded_at, who, why) SELECT recorded_at, who, why FROM log GROUP BY recorded_at, who, why;
CREATE UNIQUE INDEX stamp_by_content ON stamp (recorded_at, who, why);

CREATE TABLE log_3 (
  sequence INTEGER PRIMARY KEY,
  change_id TEXT NOT NULL,
  stamp_id INTEGER NOT NULL REFERENCES stamp (stamp_id),
  previous INTEGER REFERENCES log (sequence),
  after TEXT
) STRICT;
INSERT INTO log_3 SELECT sequence, change_id, stamp_id, previous, after FROM log JOIN stamp USING (recorded_at, who, why);
DROP TABLE log;
ALTER TABLE log_3 RENAME TO log;
CREATE UNIQUE INDEX log_by_change ON log (change_id);

UPDATE node SET claim_id = NULL WHERE label = 'Claim';
