"""Whatever happens, in whatever order: a Hypothesis machine that lives a city's life, and looks at every step."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from random import Random

from hypothesis import seed
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.any_order import ending, happenings, reading, stepping_in, tasks, time_passing
from tests.any_order.filling import Dice
from tests.any_order.invariants import look_at, look_at_the_end
from tests.any_order.run import Run
from tests.any_order.stage import BEGINS_AT, Stage

SEEDS = st.integers(0, 2**32 - 1)
TOTAL: Counter[str] = Counter()
"""What was done in all runs of this process, and what was refused."""


class AnyOrder(RuleBasedStateMachine):
    """A city with a handful of households, and everything that can happen in it."""

    stage: Stage
    """Where it takes place; `machine_on` gives it."""

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.run: Run | None = None

    @initialize(seed=SEEDS, begins=st.sampled_from(BEGINS_AT))
    def begin(self, seed, begins):
        runtime, clock = self._open.enter_context(self.stage.city(begins))
        TOTAL["runs"] += 1
        dice = Dice(Random(f"{seed}"))  # noqa: S311 - chance, not a secret
        self.run = Run(runtime, clock, dice)
        self.run.before = self.run.picture()
        happenings.register(self.run)

    def use(self, seed) -> Run:
        assert self.run is not None
        self.run.steps += 1
        self.run.dice = Dice(Random(f"{seed} {self.run.steps}"))  # noqa: S311 - chance, not a secret
        return self.run

    def _work(self, run: Run, count: int, case_id: int | None = None) -> None:
        """So many tasks, of one case or of any, each looked at when it is done."""
        for _ in range(count):
            found = run.open_tasks(case_id)
            if not found:
                return
            tasks.complete(run, run.dice.pick(found)[0])
            self.look()

    @rule(seed=SEEDS)
    def register_a_notice(self, seed):
        happenings.register(self.use(seed))

    @rule(seed=SEEDS)
    def hear_a_notice_again(self, seed):
        happenings.hear_it_again(self.use(seed))

    @rule(seed=SEEDS)
    def complete_a_task(self, seed):
        self._work(self.use(seed), 1)

    @rule(seed=SEEDS)
    def complete_some_tasks(self, seed):
        self._work(self.use(seed), 5)

    @rule(seed=SEEDS)
    def stay_with_one_case(self, seed):
        run = self.use(seed)
        self._work(run, 10, run.a_case())

    @rule(seed=SEEDS)
    def work_for_a_week(self, seed):
        run = self.use(seed)
        case_id = run.a_case()
        for _ in range(5):
            self._work(run, 3, case_id)
            time_passing.pass_a_day(run)
            self.look()

    @rule(seed=SEEDS)
    def do_something_else_with_a_task(self, seed):
        run = self.use(seed)
        found = run.open_tasks()
        if found:
            tasks.handle(run, run.dice.pick(found)[0])

    @rule(seed=SEEDS)
    def leave_a_page_standing(self, seed):
        run = self.use(seed)
        found = run.open_tasks()
        if found:
            tasks.open_page(run, run.dice.pick(found)[0])

    @precondition(lambda self: self.run is not None and self.run.pages)
    @rule(seed=SEEDS)
    def act_on_a_stale_page(self, seed):
        tasks.act_on_stale_page(self.use(seed))

    @rule(seed=SEEDS)
    def note_an_event(self, seed):
        happenings.note(self.use(seed))

    @rule(seed=SEEDS, name=st.sampled_from(("samtycke.givet", "samtycke.aterkallat")))
    def consent(self, seed, name):
        happenings.note(self.use(seed), name)

    @rule(seed=SEEDS, name=st.sampled_from(("kfm.nyTid", "kfm.aterkallad", "kfm.anstand.svar")))
    def hear_from_kronofogden(self, seed, name):
        happenings.note(self.use(seed), name)

    @rule(seed=SEEDS, name=st.sampled_from(("hyra.betald", "underlag.andrat", "atagande.postat")))
    def hear_of_the_rent(self, seed, name):
        happenings.note(self.use(seed), name)

    @rule(seed=SEEDS, name=st.sampled_from(("barn.upptackt", "skydd.andrat", "orosanmalan.inkom", "avliden")))
    def learn_of_a_person(self, seed, name):
        happenings.note(self.use(seed), name)

    @rule(seed=SEEDS)
    def correct_an_event(self, seed):
        happenings.correct(self.use(seed))

    @rule(seed=SEEDS)
    def step_in(self, seed):
        stepping_in.step_in(self.use(seed))

    @rule(seed=SEEDS)
    def change_who_works(self, seed):
        stepping_in.change_who_works(self.use(seed))

    @rule(seed=SEEDS)
    def send_a_letter(self, seed):
        stepping_in.send_letters(self.use(seed))

    @rule(seed=SEEDS)
    def look_at_a_page(self, seed):
        reading.look_at_a_page(self.use(seed))

    @rule(seed=SEEDS)
    def redraw_a_process(self, seed):
        stepping_in.redraw(self.use(seed))

    @rule(seed=SEEDS)
    def let_time_pass(self, seed):
        time_passing.pass_time(self.use(seed))

    @invariant()
    def look(self):
        if self.run is not None:
            look_at(self.run)

    def teardown(self) -> None:
        with self._open:
            if self.run is not None:
                look_at_the_end(self.run)
                if self.run.steps % 3 == 0:
                    ending.end(self.run)
                    look_at_the_end(self.run)
                TOTAL.update(self.run.done)
                TOTAL.update(self.run.refused)


def machine_on(stage: Stage, with_seed: int) -> type[AnyOrder]:
    """The machine whose runs take place there, the same runs for the same seed."""

    class Here(AnyOrder):
        pass

    Here.stage = stage
    return seed(with_seed)(Here)
