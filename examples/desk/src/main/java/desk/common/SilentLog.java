package desk.common;

import quickfix.Log;

/// A log of the FIX engine that keeps nothing: what matters of a session the desk writes down itself.
public class SilentLog implements Log {
    @Override
    public void clear() {}

    @Override
    public void onIncoming(String message) {}

    @Override
    public void onOutgoing(String message) {}

    @Override
    public void onEvent(String text) {}

    @Override
    public void onErrorEvent(String text) {}
}
