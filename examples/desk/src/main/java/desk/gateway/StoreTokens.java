package desk.gateway;

import desk.common.Tokens;

/// Activation tokens in the order store.
final class StoreTokens implements Tokens {
    private final Writer writer;
    private final Reads reads;

    StoreTokens(Writer writer, Reads reads) {
        this.writer = writer;
        this.reads = reads;
    }

    @Override
    public long highest() {
        return reads.ask(OrderStore::control).highestToken();
    }

    @Override
    public boolean take(long token) {
        return writer.submit(store -> store.takeToken(token), _ -> {}).join();
    }

    @Override
    public boolean takeNewer(long token) {
        return writer.submit(store -> store.takeNewerToken(token), _ -> {}).join();
    }
}
