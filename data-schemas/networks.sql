-- networks: one row is a pair of checkpoints under one view, over their layers of the same name.
metric STRING NOT NULL COMMENT 'Name of the measure, as in similarities',
kernel STRING COMMENT 'Kernel of the measure; null where it has none',
estimator STRING COMMENT 'Estimator of the measure',
bias STRING COMMENT 'Bias of the estimator; null where it has one only',
parameters STRING COMMENT 'Other settings of the measure; null where it has none',
view STRING NOT NULL COMMENT 'Id of the view of both',
a STRING NOT NULL COMMENT 'Id of a checkpoint',
b STRING NOT NULL COMMENT 'Id of the other; each pair once, a before b in the order of the spec',
similarity DOUBLE NOT NULL COMMENT 'Mean over the layers of the measure',
distance DOUBLE NOT NULL COMMENT 'Mean over the layers of its arc cosine, in radians: a metric for CKA',
layers INT NOT NULL COMMENT 'Number of layers of the same name',
similarity_without ARRAY<DOUBLE> NOT NULL COMMENT 'similarity without each group of batches, as in replicates',
distance_without ARRAY<DOUBLE> NOT NULL COMMENT 'distance without each group of batches, as in replicates'
