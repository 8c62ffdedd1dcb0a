-- predictions: one row is one example of a batch as one checkpoint classified it under one view.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
view STRING NOT NULL COMMENT 'Id of the view under which the example was shown; partition column',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
example_id BIGINT NOT NULL COMMENT 'Index of the example in the data set, from 0',
label INT COMMENT 'True class, from 0; null where the data set has no labels',
predicted INT NOT NULL COMMENT 'Class with the largest logit, from 0',
correct BOOLEAN COMMENT 'Whether predicted equals label; null where there is no label; its mean is the accuracy',
logits ARRAY<FLOAT> NOT NULL COMMENT 'What the network returned for the example, one value a class, before any softmax'
