package dev.pitcrew.ledger;

class TestingStoreTest extends LedgerStoreContract {
    @Override
    protected LedgerStore create() {
        return new TestingStore();
    }

    @Override
    protected LedgerStore reopen(LedgerStore store) {
        return store;
    }

    @Override
    protected void setFull(LedgerStore store, boolean isFull) {
        ((TestingStore) store).fullAt(isFull ? store.size() : Long.MAX_VALUE);
    }
}
