"""How the network learns at last, told without torch."""

from extract.models.encoder.training.learning import Schedule


def test_in_the_end_it_learns_in_smaller_steps_and_all_else_stays() -> None:
    schedule = Schedule(epochs=3, last_epochs=2, last_rate=0.5, layer_rate=0.25, head_rate=1.0)
    last = schedule.last
    assert (last.epochs, last.layer_rate, last.head_rate) == (2, 0.125, 0.5)
    assert (last.seed, last.aims, last.dropout) == (schedule.seed, schedule.aims, schedule.dropout)
