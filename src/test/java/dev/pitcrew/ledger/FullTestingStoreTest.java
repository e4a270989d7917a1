package dev.pitcrew.ledger;

class FullTestingStoreTest extends FullStoreContract {
    private final TestingStore store = new TestingStore();

    @Override
    protected LedgerStore open() {
        return store;
    }

    @Override
    protected void fill() {
        store.fullAt(store.size());
    }

    @Override
    protected void makeRoom() {
        store.fullAt(Long.MAX_VALUE);
    }
}
