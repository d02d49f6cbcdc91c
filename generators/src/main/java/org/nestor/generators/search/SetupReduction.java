package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.List;
import org.nestor.generators.scenario.Operands;
import org.nestor.generators.scenario.Setup;

/** Makes the set-up plainer: fewer streams and tables, then plainer ones. */
final class SetupReduction {
    private SetupReduction() {}

    static void run(Search search) {
        fewer(search);
        OperandReduction.plainer(search, setup(search).machine(), machine -> {
            Setup now = setup(search);
            return search.best().with(new Setup(machine, now.stage1(), now.stage2(), now.streams()));
        });
        for (int i = 0; i < setup(search).streams().size(); i++) {
            int at = i;
            OperandReduction.plainer(search, setup(search).streams().get(i), plan -> {
                Setup now = setup(search);
                return search.best()
                        .with(new Setup(now.machine(), now.stage1(), now.stage2(), replaced(now.streams(), at, plan)));
            });
        }
        for (int i = 0; i < setup(search).stage1().size(); i++) {
            int at = i;
            OperandReduction.plainer(search, setup(search).stage1().get(i), plan -> {
                Setup now = setup(search);
                return search.best()
                        .with(new Setup(now.machine(), replaced(now.stage1(), at, plan), now.stage2(), now.streams()));
            });
        }
        for (int i = 0; i < setup(search).stage2().size(); i++) {
            int at = i;
            OperandReduction.plainer(search, setup(search).stage2().get(i), plan -> {
                Setup now = setup(search);
                return search.best()
                        .with(new Setup(now.machine(), now.stage1(), replaced(now.stage2(), at, plan), now.streams()));
            });
        }
    }

    private static Setup setup(Search search) {
        return search.best().setup();
    }

    private static void fewer(Search search) {
        for (int i = setup(search).streams().size() - 1;
                i >= 0 && setup(search).streams().size() > 1;
                i--) {
            Setup now = setup(search);
            search.improves(search.best()
                    .with(new Setup(now.machine(), now.stage1(), now.stage2(), without(now.streams(), i))));
        }
        for (int i = setup(search).stage1().size() - 1;
                i >= 0 && setup(search).stage1().size() > 1;
                i--) {
            Setup now = setup(search);
            search.improves(search.best()
                    .with(new Setup(now.machine(), without(now.stage1(), i), now.stage2(), now.streams())));
        }
        for (int i = setup(search).stage2().size() - 1; i >= 0; i--) {
            Setup now = setup(search);
            search.improves(search.best()
                    .with(new Setup(now.machine(), now.stage1(), without(now.stage2(), i), now.streams())));
        }
    }

    private static <T> List<T> without(List<T> list, int at) {
        List<T> rest = new ArrayList<>(list);
        rest.remove(at);
        return rest;
    }

    private static <T extends Operands<?>> List<T> replaced(List<T> list, int at, T value) {
        List<T> changed = new ArrayList<>(list);
        changed.set(at, value);
        return changed;
    }
}
