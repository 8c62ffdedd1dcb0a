-- failures: one row is one failure; the table is absent when nothing failed.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint',
view STRING COMMENT 'Id of the view; null where the whole checkpoint failed',
batch INT COMMENT 'Index of the batch, from 0; null where the whole checkpoint or view failed',
stage STRING NOT NULL COMMENT 'Stage that failed, such as extract or compare',
cause STRING NOT NULL COMMENT 'What happened and what to do, one line'
