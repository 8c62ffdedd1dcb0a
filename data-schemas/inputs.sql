-- inputs: one row is one example in the form in which a view showed it to one checkpoint; only for views with keep-inputs.
checkpoint STRING NOT NULL COMMENT 'Id of the checkpoint that was shown the input; partition column',
view STRING NOT NULL COMMENT 'Id of the view; partition column',
batch INT NOT NULL COMMENT 'Index of the batch, from 0; the same examples in every checkpoint and view',
example_id BIGINT NOT NULL COMMENT 'Index of the example in the data set, from 0',
shape ARRAY<INT> NOT NULL COMMENT 'Channels, height and width of the input',
input ARRAY<FLOAT> NOT NULL COMMENT 'Pixels of the perturbed input in row-major order of shape, in [0, 1], before the normalisation of any network'
