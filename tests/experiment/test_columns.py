"""What a worker sends arrives as it was."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from revsim.experiment.columns import Table


def test_a_table_arrives_with_its_order_types_and_values() -> None:
    sent = Table.of(
        {
            "quarter": [1, 2],
            "error": [0.5, np.nan],
            "is_late": np.array([True, False]),
            "deals": np.array([3, 4]),
            "short": np.array([1, 2], np.int32),
            "name": np.array(["a", None], object),
            "value": np.array([-0.0, np.inf]),
        }
    )
    found = pickle.loads(pickle.dumps(sent, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - our own
    assert list(found) == list(sent)
    for name, values in sent.items():
        assert found[name].dtype == values.dtype
        np.testing.assert_array_equal(found[name], values)
    found["error"][0] = 7.0  # continuations are noted in it
    assert found["value"].tolist() == [-0.0, np.inf]


def test_an_empty_table_arrives() -> None:
    assert pickle.loads(pickle.dumps(Table())) == {}  # noqa: S301 - our own


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        Table.of({"one": [1], "two": [1, 2]})
