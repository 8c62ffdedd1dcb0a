-- grams: one row is the Gram matrix of one layer on one batch.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
view STRING NOT NULL COMMENT 'Id of the view under which the examples were shown; partition column',
layer STRING NOT NULL COMMENT 'PyTorch name of the module; #1, #2, ... appended from its second call on',
position INT NOT NULL COMMENT 'Index of the layer in the order in which the tapped layers returned, from 0',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
n INT NOT NULL COMMENT 'Number of examples in the batch: the matrix is n x n',
gram BINARY NOT NULL COMMENT 'Upper triangle of X X^T, its diagonal included, row by row: n (n + 1) / 2 little-endian float32; X is n x features, each column centred within the batch; examples in the order of the batch; where four more bytes follow they are an int32 e, and the matrix is these numbers times 2^e'
