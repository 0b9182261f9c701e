-- `digest` is of what no id is made from: who, when and why (see kg.store.state). A claim is found by its own id, so
-- `claim_id` says of other nodes alone which claim they are about. Texts leave out captions that are heads of them.
ALTER TABLE log ADD COLUMN digest INTEGER;
UPDATE node SET claim_id = NULL WHERE label = 'Claim';
