-- training: one row is what one epoch of a training saw in its steps, or one evaluation after it. The rows of an epoch are committed after its weights.
checkpoint STRING NOT NULL COMMENT 'Id of the training, the tag run of its checkpoints; partition column',
epoch INT NOT NULL COMMENT 'Epochs that were done; 0 is the untrained network, which has evaluations only',
data STRING NOT NULL COMMENT 'Name of the data set',
view STRING COMMENT 'Id of the view of an evaluation; null for what the steps of the epoch saw',
loss DOUBLE NOT NULL COMMENT 'Mean loss over the examples: of an evaluation the cross-entropy, of steps the loss of the recipe before each update',
accuracy DOUBLE NOT NULL COMMENT 'Share of examples that were right; of steps in training mode, under the attack of the recipe',
examples BIGINT NOT NULL COMMENT 'Number of examples',
rate DOUBLE COMMENT 'Learning rate of the last step; null for an evaluation',
seconds DOUBLE NOT NULL COMMENT 'Seconds that it took',
weights_sha256 STRING NOT NULL COMMENT 'SHA-256 of the file of the weights after the epoch, as it was written',
momenta_sha256 STRING NOT NULL COMMENT 'The same of the momenta'
