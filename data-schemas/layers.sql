-- layers: one row is one tapped layer of one checkpoint.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
position INT NOT NULL COMMENT 'Index of the layer in the order in which the tapped layers returned, from 0',
layer STRING NOT NULL COMMENT 'PyTorch name of the module; #1, #2, ... appended from its second call on',
type STRING NOT NULL COMMENT 'Type of the module, without its package, such as Conv2d; for representations Array, Activations, Pixels or Labels',
shape ARRAY<INT> NOT NULL COMMENT 'Shape of the value that the module returned for one example, without the batch dimension, such as [16, 32, 32]',
features BIGINT NOT NULL COMMENT 'Number of features of one example: the columns of the matrix that is compared'
