-- training: one row is the result of the steps of one epoch of a training, or of one evaluation after it. The rows of an epoch are committed after its weights.
checkpoint STRING NOT NULL COMMENT 'Id of the training, the tag run of its checkpoints; partition column',
epoch INT NOT NULL COMMENT 'Number of finished epochs; 0 is the untrained network, which has evaluations only',
data STRING NOT NULL COMMENT 'Name of the data set',
view STRING COMMENT 'Id of the view of an evaluation; null for the steps of the epoch',
loss DOUBLE NOT NULL COMMENT 'Mean loss over the examples: for an evaluation the cross-entropy, for steps the loss of the recipe before each update',
accuracy DOUBLE NOT NULL COMMENT 'Share of correctly classified examples; for steps in training mode, under the attack of the recipe',
examples BIGINT NOT NULL COMMENT 'Number of examples',
rate DOUBLE COMMENT 'Learning rate of the last step; null for an evaluation',
seconds DOUBLE NOT NULL COMMENT 'Seconds that it took',
weights_sha256 STRING NOT NULL COMMENT 'SHA-256 of the file of the weights after the epoch',
momenta_sha256 STRING NOT NULL COMMENT 'SHA-256 of the file of the momenta after the epoch'
