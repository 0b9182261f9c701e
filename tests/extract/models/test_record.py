from extract.models.record import recorded_validation


def test_the_record_tells_of_the_shipped_weights() -> None:
    validation = recorded_validation()
    assert validation.folds >= 3
    assert set(validation.mean) == set(validation.spread)
    assert all(0 < value < 1 for value in validation.mean.values())
