"""Reads a run of Similitude with pandas and pyarrow.

    import similitude_run
    run = similitude_run.load("runs/fashion-mnist-quickstart")
    run.matrix("standard/benign", "robust/benign")      # layers x layers, as a DataFrame
    run.table("findings")                               # any table
"""
import os

import pandas
import pyarrow.dataset


def load(path):
    """A run's folder."""
    if not os.path.isdir(os.path.join(path, "similarities")):
        raise FileNotFoundError(f"Cannot read the run {path}: it has no table similarities (compare it first)")
    return Run(path)


class Run:
    def __init__(self, path):
        self.path = path

    def table(self, name, columns=None, filter=None):
        """A table as a DataFrame. Ids stay texts; filter is an expression of pyarrow.dataset."""
        folder = os.path.join(self.path, name)
        if not os.path.isdir(folder):
            known = sorted(n for n in os.listdir(self.path) if os.path.isdir(os.path.join(self.path, n)) and n[0] not in "._")
            raise KeyError(f"Cannot read the table {name}: the run has {', '.join(known)}")
        keys = pyarrow.schema([("checkpoint", pyarrow.string()), ("view", pyarrow.string())])
        files = [os.path.join(where, f) for where, _, names in os.walk(folder) for f in sorted(names) if f.endswith(".parquet")]
        partitioning = pyarrow.dataset.partitioning(keys, flavor="hive") if any("checkpoint=" in f for f in files) else None
        data = pyarrow.dataset.dataset(sorted(files), format="parquet", partitioning=partitioning, partition_base_dir=folder)
        return data.to_table(columns=columns, filter=filter).to_pandas()

    def measures(self):
        """The measures of the run, one row each."""
        names = ["metric", "kernel", "estimator", "bias", "parameters"]
        return self.table("similarities", names).drop_duplicates().reset_index(drop=True)

    def matrix(self, a, b, value="value", **measure):
        """Similarities of the layers of a, down, and b, across; each is "checkpoint/view".

        With several measures say which: matrix(a, b, metric="cka", kernel="linear"). A pair without a value is NaN.
        """
        (a_checkpoint, a_view), (b_checkpoint, b_view) = (side.split("/", 1) for side in (a, b))
        field = pyarrow.dataset.field

        def side(prefix, checkpoint, view):
            return (field(prefix + "checkpoint") == checkpoint) & (field(prefix + "view") == view)

        there = side("a_", a_checkpoint, a_view) & side("b_", b_checkpoint, b_view)
        back = side("a_", b_checkpoint, b_view) & side("b_", a_checkpoint, a_view)
        rows = self.table("similarities", filter=there | back)
        for name, wanted in measure.items():
            rows = rows[rows[name] == wanted]
        if rows.empty:
            raise KeyError(f"Cannot find similarities of {a} with {b}")
        parts = rows[["metric", "kernel", "estimator", "bias", "parameters"]].drop_duplicates()
        if len(parts) > 1:
            raise KeyError(f"Cannot choose one of {len(parts)} measures of {a} with {b} (say which: metric=..., kernel=...)")
        forward = (rows.a_checkpoint == a_checkpoint) & (rows.a_view == a_view)
        turned = rows[~forward].rename(columns=lambda n: {"a": "b", "b": "a"}[n[0]] + n[1:] if n[:2] in ("a_", "b_") else n)
        same = rows[forward & (rows.b_checkpoint == a_checkpoint) & (rows.b_view == a_view)]
        mirrored = same.rename(columns=lambda n: {"a": "b", "b": "a"}[n[0]] + n[1:] if n[:2] in ("a_", "b_") else n)
        all_rows = pandas.concat([rows[forward], turned, mirrored])
        all_rows = all_rows.drop_duplicates(["a_position", "b_position"]).sort_values(["a_position", "b_position"])
        layers = [list(dict.fromkeys(all_rows.sort_values(p + "_position")[p + "_layer"])) for p in "ab"]
        return all_rows.pivot(index="a_layer", columns="b_layer", values=value).reindex(index=layers[0], columns=layers[1])
