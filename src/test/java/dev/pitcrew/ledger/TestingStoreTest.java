package dev.pitcrew.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitcrew.model.OperationFailed.Code;
import org.junit.jupiter.api.Test;

/// The fake keeps the contract, and the ledger keeps its own when a store fails.
class TestingStoreTest extends LedgerStoreContract {
    private final TestingStore failing = new TestingStore();
    private final SigningKey key = Samples.key();

    @Override
    protected LedgerStore create() {
        return new TestingStore();
    }

    @Override
    protected LedgerStore reopen(LedgerStore store) {
        return store;
    }

    @Override
    protected LedgerStore reopenTorn(LedgerStore store) {
        ((TestingStore) store).tearLast();
        return store;
    }

    @Test
    void appending_works_again_after_a_failure_that_wrote_nothing() {
        var ledger = Ledger.open(failing, key);
        ledger.append(Samples.entries(0, 10));
        failing.failNext(Code.LEDGER_UNAVAILABLE);
        assertThatThrownBy(() -> ledger.append(Samples.entries(10, 12)))
                .hasMessageContaining("told to fail");

        assertThat(ledger.append(Samples.entries(10, 12)).getFirst().index()).isEqualTo(10);
        assertThat(Verification.verify(History.of(failing, key.verifier())))
                .isInstanceOf(Verdict.Whole.class);
    }

    @Test
    void after_a_failure_that_wrote_all_the_same_the_ledger_must_be_opened_again() {
        var ledger = Ledger.open(failing, key);
        failing.tearNext();
        assertThatThrownBy(() -> ledger.append(Samples.entries(0, 2)))
                .hasMessageContaining("told to fail");
        assertThatThrownBy(() -> ledger.append(Samples.entries(0, 2)))
                .hasMessageContaining("restart the controller");

        var opened = Ledger.open(failing, key);
        assertThat(opened.append(Samples.entries(2, 3)).getFirst().index()).isEqualTo(2);
    }
}
