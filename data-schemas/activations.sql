-- activations: one row holds the features of one layer for one example.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint; partition column',
view STRING NOT NULL COMMENT 'Id of the view under which the example was shown; partition column',
layer STRING NOT NULL COMMENT 'PyTorch name of the module; #1, #2, ... appended from its second call on',
position INT NOT NULL COMMENT 'Index of the layer in the order in which the tapped layers returned, from 0',
example_id BIGINT NOT NULL COMMENT 'Index of the example in the data set, from 0',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
features ARRAY<FLOAT> NOT NULL COMMENT 'Activations as the module returned them, not centred: all of them in row-major order of the shape in layers, or their means over space or tokens, one for each channel; features of representations as they were read'
