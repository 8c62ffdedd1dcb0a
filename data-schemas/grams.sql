-- grams: one row is the Gram matrix K of one layer on one batch, with the numbers of it that every comparison needs; A is K, U-centred.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
view STRING NOT NULL COMMENT 'Id of the view under which the examples were shown; partition column',
layer STRING NOT NULL COMMENT 'PyTorch name of the module; #1, #2, ... appended from its second call on',
position INT NOT NULL COMMENT 'Index of the layer in the order in which the tapped layers returned, from 0',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
n INT NOT NULL COMMENT 'Number of examples in the batch: the matrix is n x n',
gram BINARY NOT NULL COMMENT 'Upper triangle of X X^T, its diagonal included, row by row: n (n + 1) / 2 little-endian float32; X is n x features, each column centred within the batch; examples in the order of the batch; where four more bytes follow they are an int32 e, and the matrix is these numbers times 2^e',
norm DOUBLE NOT NULL COMMENT 'Frobenius norm of A; 0 for a constant layer; norm^2 / (n (n - 3)) is the unbiased HSIC of the layer with itself',
plain_norm DOUBLE NOT NULL COMMENT 'Frobenius norm of K off its diagonal',
triangles DOUBLE NOT NULL COMMENT 'tr A^3 / norm^3: the degree to which few directions dominate, from -1 to 1',
cubes DOUBLE NOT NULL COMMENT 'Sum of the cubes of the entries of A / norm'
