-- predictions: one row is the prediction of one checkpoint for one example of a batch under one view.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
view STRING NOT NULL COMMENT 'Id of the view under which the example was shown; partition column',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
example_id BIGINT NOT NULL COMMENT 'Index of the example in the data set, from 0',
label INT COMMENT 'True class, from 0; null where the data set has no labels',
predicted INT NOT NULL COMMENT 'Class with the largest logit, from 0',
correct BOOLEAN COMMENT 'Whether predicted equals label; null where there is no label; its mean is the accuracy',
logits ARRAY<FLOAT> NOT NULL COMMENT 'Output of the network for the example, one value for each class, before any softmax',
perturbation_linf FLOAT NOT NULL COMMENT 'Largest change of a pixel that the view made, in pixels of [0, 1]; 0 where the example is shown unchanged',
perturbation_l2 FLOAT NOT NULL COMMENT 'Euclidean norm of the change that the view made, over all pixels of [0, 1]; 0 where the example is shown unchanged',
gradient STRING COMMENT 'State of the gradient that the attack of the view found at the example: usable, zero (each time), or not-finite (the gradient at least once, or the logits; such values count as zero, and an example with such logits is not changed); null where no gradient was computed'
