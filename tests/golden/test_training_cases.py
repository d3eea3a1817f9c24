"""Numbers of the course about normalisation and training, known beforehand: the bank has to give exactly these."""

import pytest

from question_bank.catalog import Catalog

CATALOG = Catalog()


def dealt(path, **fixed):
    """A variant that may be dealt, with these parameters."""
    return CATALOG.get(path).draw("any", fixed=fixed)


def wrong(variant, part):
    return {m.name: key for m, key in variant.template.parts[part].mistakes_in(variant)}


def test_local_response_normalisation_of_five_channels():
    given = {"a": ((2, 4, 6, 8, 10),), "channel": 0, "n": 5, "k": 1, "alpha": 1.0, "beta": 0.5}
    variant = dealt("normalisation/local_response", **given)
    assert (variant.window, variant.total) == ((0, 2), 56)
    assert variant.b == pytest.approx(0.265, abs=5e-4)
    assert variant.torch == pytest.approx(0.5726, abs=5e-5)


def test_biased_variance_of_a_batch():
    variant = dealt("normalisation/batch_norm_vector", size=4, batch=((1, 2, 3, 6),))
    assert (variant.mu, variant.var) == (3, 3.5)
    assert wrong(variant, "var")["divided by one less"] == pytest.approx(4.667, abs=5e-4)


@pytest.mark.parametrize(("classes", "loss"), [(10, 2.303), (1000, 6.908)])
def test_loss_before_training(classes, loss):
    assert dealt("training/initial_loss", classes=classes).loss == pytest.approx(loss, abs=5e-4)


def test_deviations_of_first_weights():
    variant = dealt("training/weight_scale", k=3, channels=64, filters=128)
    assert variant.he == pytest.approx(0.0589, abs=5e-5)
    assert variant.xavier == pytest.approx(0.0340, abs=5e-5)


@pytest.mark.parametrize(("drop_last", "batches"), [(False, 391), (True, 390)])
def test_batches_of_an_epoch(drop_last, batches):
    variant = dealt("training/iterations", images=50_000, batch=128, drop_last=drop_last)
    assert variant.per_epoch == batches


def test_without_padding_the_slice_is_empty():
    assert dealt("backprop/unpad", images=2, channels=3, height=8, width=9, p=0).shape == (2, 3, 0, 0)
