-- q_values: one row is one step of the function that gives a pair's q-value from its p-value; one function for each measure. The table is absent until compare has ended.
metric STRING NOT NULL COMMENT 'Name of the measure, such as cka',
kernel STRING COMMENT 'Kernel of the measure, such as linear; null where it has none',
estimator STRING COMMENT 'Estimator of the measure, such as minibatch; null where it has one only',
bias STRING COMMENT 'Bias of the estimator, unbiased or biased; null where it has one only',
parameters STRING COMMENT 'Other settings of the measure, such as bandwidth=0.5; null where it has none',
p_value DOUBLE NOT NULL COMMENT 'Largest p-value of the step. A pair of similarities belongs to the step with the smallest p_value that is not below its own, among the steps of its measure',
pairs BIGINT NOT NULL COMMENT 'Number of pairs of the measure in this step, among all pairs of similarities',
q_value DOUBLE NOT NULL COMMENT 'The p-values of the step adjusted for all pairs of the same measure (Benjamini and Hochberg): the least false discovery rate at which the pairs of the step are found'
